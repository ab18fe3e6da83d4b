"""What tests share: people, servers, readers and second opinions, none of them a test itself."""
