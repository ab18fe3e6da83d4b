"""What `ehsg doctor` looks at: the machine, the data folder, and what the product is joined to."""
