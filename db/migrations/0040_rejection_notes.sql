-- A note of a rejection may name somebody: it is blanked when the person of one of its orders is erased. Nothing else of a rejection ever changes.
grant update (note) on warehouse.rejection to ordo_app;
