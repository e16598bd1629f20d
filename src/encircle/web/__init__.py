"""Web: what people see, by who sits in front. No rules, no tables, no queries."""
