"""One module a format: `read(data) -> Raw`, pure. `reading` chooses among them."""
