"""The pages and dialogs, one file each with its stylesheet beside it."""
