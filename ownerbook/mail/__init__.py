"""Letter and outbox."""
