"""How a moment looks, without Qt: shapes, theme, measure, layout, compose."""
