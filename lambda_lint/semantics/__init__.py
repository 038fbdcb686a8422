"""What the code means: names, values, objects, calls, handlers, phases."""
