"""What is to run when: nights and months as plain data, without a clock and without a disk."""
