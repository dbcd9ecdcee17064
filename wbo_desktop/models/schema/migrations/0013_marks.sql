-- No table changes. Desktops of this version read views that an older database lacks (wbo.change_mark, wbo.log_reading,
-- who added a refund's wallet); by its number they tell at the login that it has to be upgraded, rather than hear
-- nothing.
COMMENT ON TABLE wbo_data.watch IS 'What the worker''s watch found last; read by wbo.log_reading.';
