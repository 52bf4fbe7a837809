-- The checks of 0055 hold for what was there before them; meanwhile everybody reads and writes.
alter table allocation.manual_decision validate constraint manual_decision_kind_check;
alter table allocation.exception validate constraint exception_try_because_check;
