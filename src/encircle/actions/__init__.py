"""Actions: what people do. Permit first, facts second, decision third, write and journal last. Knows no screens."""
