"""Teaching: who may, what waits for them, and how their courses are doing."""
