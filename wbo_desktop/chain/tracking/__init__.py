"""From a new head to the records: blocks stored, reorganisations undone, records judged, credits confirmed by a quorum."""
