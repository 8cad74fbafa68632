"""How the council encoder was made from the plain one: needs the extra `training`, and nothing else here needs it."""
