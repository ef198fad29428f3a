"""From a course to its certificate."""

from azora_tui.screens.base import Page


async def open_certificate(page: Page, course_id: int) -> str:
    """Open the certificate of a completed course over the page; where there is none yet, a sentence that says why.

    Raises what asking the services raises.
    """
    # Signing is heavy, and whoever opens a course has not completed it.
    from azora_tui.lms.credentials import issuing

    mine = await page.ask(issuing.mine)
    found = [each.id for each in mine.credentials if each.course_id == course_id]
    if not found:
        return f"Its certificate cannot be signed yet. {mine.why}"
    if page.app.screen is page:
        from azora_tui.screens.certificate import CertificateScreen

        page.app.push_screen(CertificateScreen(found[0], area=page.AREA))
    return ""
