"""What keeps a running instance well: its metrics, the one mail to the admin, and tidying up."""
