"""Everything that is remembered: SQLAlchemy models, migrations, queries, and the files beside them."""
