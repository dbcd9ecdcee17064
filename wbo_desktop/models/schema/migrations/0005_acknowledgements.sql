-- What an operator said to know about the address of a refund: that coins sent there may be lost to the client.

ALTER TABLE wbo_data.refund ADD COLUMN receiver_acknowledged text
    CHECK (receiver_acknowledged IN ('contract', 'known_address'));
