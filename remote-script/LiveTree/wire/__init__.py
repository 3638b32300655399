"""The script's side of the connection to the hub: bytes, frames, memory, spool. Knows nothing of Live."""
