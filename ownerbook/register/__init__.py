"""Our sheets, the policy, and the register that holds them all."""
