"""The wire log: all deliveries, orders and ticks in sequence; everything else is derived."""
