"""The public record of changes to facts: what changed, when, the old and the new value, and the sources."""
