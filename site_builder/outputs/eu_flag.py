"""The European flag by its official construction (Regulation 821/2014 Annex II; the Union's graphics guide)."""

import math

BLUE = "#003399"
GOLD = "#FFCC00"
# The flag is three wide and two high, and wears a white border of 1/25 of its height where the ground is not white.
WIDTH, HEIGHT = 810, 540
BORDER = HEIGHT / 25

Point = tuple[float, float]


def stars() -> tuple[tuple[Point, ...], ...]:
    """Twelve upright stars on an invisible circle, as polygons in a flag of WIDTH by HEIGHT.

    The circle's radius is a third of the height, the radius of each star an eighteenth.
    """
    circle, centre_x, centre_y = HEIGHT / 3, WIDTH / 2, HEIGHT / 2
    hours = [math.radians(30 * hour) for hour in range(12)]
    return tuple(_star(centre_x + circle * math.sin(hour), centre_y - circle * math.cos(hour)) for hour in hours)


def _star(x: float, y: float) -> tuple[Point, ...]:
    """A pentagram's outline: the inner corners lie where its lines cross."""
    outer = HEIGHT / 18
    inner = outer * math.sin(math.radians(18)) / math.sin(math.radians(54))
    points = []
    for step in range(10):
        angle, radius = math.radians(36 * step), (inner if step % 2 else outer)
        points.append((x + radius * math.sin(angle), y - radius * math.cos(angle)))
    return tuple(points)
