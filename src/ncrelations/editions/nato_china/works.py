"""The two documents as a bibliography wants them."""

from __future__ import annotations

from ncrelations.document.reference import Work

WORKS = {
    "report": Work(
        kind="report",
        name="CSDR-CIISS report",
        title="NATO-China Relations: Charting the Way Forward",
        authors=(
            ("Center for Strategic Decision Research (CSDR)", ""),
            ("China Institute for International Strategic Studies (CIISS)", ""),
        ),
        publisher="Center for Strategic Decision Research and China Institute for International Strategic Studies",
        periodical=None,
        date=None,
    ),
    "article": Work(
        kind="article",
        name="Brian Wong, TI Observer",
        title="A New NATO-China Modus Vivendi Towards Renewed and Sustainable Relations",
        authors=(("Wong", "Brian Yueshun"),),
        publisher="Taihe Institute",
        periodical="TI Observer",
        date=(2022, 8, 4),
        printed_authors=("Brian Wong Yueshun",),
    ),
}
"""The works, by the documents' ids."""
