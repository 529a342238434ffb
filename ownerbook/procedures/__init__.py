"""What the office does with a house and its owners, as changes of one act: registering, changes of ownership, tenants, house numbers. Pure."""
