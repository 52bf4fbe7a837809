-- What a person wrote about an order goes with the customer: of a decision by hand the reason may be blanked, nothing else be changed.
grant update (reason) on allocation.manual_decision to ordo_app;
