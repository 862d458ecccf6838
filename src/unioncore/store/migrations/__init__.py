"""The steps that bring a store from one format to the next, as Alembic runs them."""
