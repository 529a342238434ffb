"""Rules about the policy and the waivers."""
