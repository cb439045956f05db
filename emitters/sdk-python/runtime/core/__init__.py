"""What does not depend on the service: transport, retries, errors, paging, values."""
