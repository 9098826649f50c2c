"""What every list of the window can do: columns, copying, printing, Excel."""
