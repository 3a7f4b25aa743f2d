"""How responses to findings are kept: with the figures."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "disparity.Response": Kept(retention="figures", personal="text", other="quarter finding figures at"),
}
