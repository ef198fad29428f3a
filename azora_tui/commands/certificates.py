"""Certificates: one's own, taking them away, checking anyone's, and what a school does with its key and log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azora_tui.commands import output, prompts
from azora_tui.commands.context import CommandContext, learner, signed_in
from azora_tui.commands.output_files import output_file
from azora_tui.commands.refusals import UsageError
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.credentials import badge, documents, exporting, issuing, keys, log, verify
from azora_tui.lms.credentials import trusted_issuers as known
from azora_tui.lms.credentials.did import fingerprint, in_groups, jwk_of
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Credential, MyCredentials, Outcome, Shown, VerificationReport
from azora_tui.paths import open_file, typed_path
from azora_tui.text import wrap
from azora_tui.wire import credentials as credentials_wire
from azora_tui.wire.answers import success
from azora_tui.wording.dates import day
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.options import (
        CertificateOptions,
        ExportCertificateOptions,
        JsonOptions,
        KeyOptions,
        LogOptions,
        PublishOptions,
        RevokeCertificateOptions,
        SchoolOptions,
        ShowAsOptions,
        TrustOptions,
        VerifyOptions,
    )

_SIGNS = {Outcome.OK: "done", Outcome.FAILED: "locked", Outcome.UNKNOWN: "new"}


def certificates(context: CommandContext, options: JsonOptions) -> None:
    claims = learner(context)
    found = issuing.mine(context.lms, claims)
    if found.waiting and not options.json and prompts.at_terminal():
        found = _with_passphrase(context, claims, found)
    if options.json:
        output.say_json_rows(
            credentials_wire.credential(each, documents.contents(each), log.digest(each.jwt))
            for each in found.credentials
        )
        return
    if found.credentials:
        rows = [(str(each.id), _state(context, each), _about(each)) for each in found.credentials]
        output.say("\n".join(output.table(rows, output.width())))
    elif not found.waiting:
        output.say_wrapped("You have no certificate yet. Each course that you complete brings one.")
    if found.waiting:
        output.say_wrapped(f"{counted(found.waiting, 'certificate')} cannot be signed yet. {found.why}")


def show(context: CommandContext, options: CertificateOptions) -> None:
    found = _mine(context, options.id)
    document = documents.contents(found)
    if options.json:
        output.say_json(success(credentials_wire.credential(found, document, log.digest(found.jwt))))
        return
    output.say_wrapped(badge.title_of(document))
    output.say_wrapped(f"{badge.holder_of(document)}, on {day(badge.awarded(document))}")
    output.say_wrapped(f"Issued by {badge.issuer_of(document)}")
    if found.revoked_at is not None:
        output.say_wrapped(f"{context.glyphs.locked} Revoked on {day(found.revoked_at)}. {found.reason or ''}")
    for outcome in badge.outcomes_of(document):
        first = f"{context.glyphs.bullet} "
        output.say("\n".join(wrap(outcome, output.width(), first=first, rest=" " * len(first))))
    output.say()
    rows = [(name, done) for name, done in badge.evidence_of(document)]
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    output.say_wrapped(f"Id: {document['id']}")
    output.say_wrapped(f"Fingerprint: {in_groups(log.digest(found.jwt))}")


def export(context: CommandContext, options: ExportCertificateOptions) -> None:
    """A file of one's own certificate, for its owner alone until they give it away."""
    claims = learner(context)
    if options.output is None and options.format in exporting.NOT_TEXT:
        raise UsageError("output_needed", format=options.format.upper())
    path = None if options.output is None else output_file(options.output, force=options.force)
    word = output.one_line(options.id)
    content = exporting.export(context.lms, claims, word, options.format, paper=options.paper)
    if path is None:
        output.say(content.decode().removesuffix("\n"))
        return
    exporting.write(path, content)
    output.say_wrapped(f"Your certificate is in {path}.")


def check(context: CommandContext, options: VerifyOptions) -> None:
    """Works without an account and without a school; ends with 0 only when everything holds."""
    now = context.lms.now()
    files = [(name, _parsed(typed_path(name))) for name in options.files]
    held = [each for _, each in files if isinstance(each, verify.ParsedFile)]
    knowledge = verify.Knowledge(
        {**known.own_keys(context.lms), **_trusted(context)},
        [each.school for each in held if each.school and not each.token],
        lambda uuid, digest: known.record(context.lms, uuid, digest),
    )
    reports = [
        (name, each if isinstance(each, VerificationReport) else verify.verify(each, now=now, knowledge=knowledge))
        for name, each in files
        if isinstance(each, VerificationReport) or each.token or each.consistency
    ]
    if not reports:
        raise RefusedError("no_certificate_in_files")
    if options.json:
        output.say_json_rows(credentials_wire.report(name, report) for name, report in reports)
    else:
        for name, report in reports:
            _say_report(context, name, report)
    if not all(report.holds for _, report in reports):
        raise SystemExit(1)


def revoke(context: CommandContext, options: RevokeCertificateOptions) -> None:
    claims = learner(context)
    found = issuing.revoke(context.lms, claims, output.one_line(options.id), options.reason)
    assert found.revoked_at is not None  # it is revoked now, if it was not before
    output.say_wrapped(f"The certificate {found.id} is revoked since {day(found.revoked_at)}: {found.reason}")
    output.say_wrapped("Who checks it elsewhere learns of it with the school's next public documents.")


def show_as(context: CommandContext, options: ShowAsOptions) -> None:
    claims = learner(context)
    found = issuing.find(context.lms, claims, output.one_line(options.id))
    made = issuing.show_as(context.lms, claims, found.id, Shown(options.pseudonym, not options.no_email))
    shown = badge.holder_of(documents.contents(made))
    output.say_wrapped(f"Your certificate now has the number {made.id} and shows: {shown}. The old one is revoked.")
    output.say_wrapped("Later ones will show the same.")


def head(context: CommandContext, options: LogOptions) -> None:
    """The log is public: it says nothing about anybody."""
    if options.since is not None:
        document = json.dumps(log.consistency(context.lms, options.since), indent=2)
        if options.output is None:
            output.say(document)
        else:
            exporting.write(output_file(options.output, force=options.force), f"{document}\n".encode())
            output.say_wrapped(f"The proof is in {options.output}. `azora-tui certificate verify` checks it.")
        return
    latest = log.head(context.lms)
    if options.json:
        output.say_json(success(None if latest is None else credentials_wire.tree_head(latest)))
    elif latest is None:
        raise NotFoundError("log_empty")
    else:
        output.say(log.as_line(latest))


def key(context: CommandContext, options: KeyOptions) -> None:
    claims = signed_in(context)
    if options.new or options.lock or options.unlock:
        keys.require_admin(claims)
        _open_with_prompt(context, claims, options)
    if options.new:
        did = keys.rotate(context.lms, claims)
        output.say_wrapped("Certificates are signed with a new key from now on. Those signed before stay good.")
    else:
        if options.lock:
            passphrase = prompts.new_password("New passphrase", from_stdin=options.password_stdin)
            keys.protect(context.lms, claims, passphrase=passphrase)
            output.say_wrapped(
                f"The key is locked. Set {keys.PASSPHRASE_FILE} to a file with the passphrase for whoever is to sign."
            )
        elif options.unlock:
            keys.protect(context.lms, claims, passphrase=None)
            output.say_wrapped("The key is no longer under a passphrase.")
        did = keys.did_in_use(context.lms, claims)
    output.say(in_groups(fingerprint(jwk_of(did))))
    output.say(did)


def school(context: CommandContext, options: SchoolOptions) -> None:
    claims = signed_in(context)
    if options.name is None and options.url is None:
        issuer = issuing.school(context.lms, claims)
    else:
        issuer = issuing.name_school(context.lms, claims, name=options.name, url=options.url)
    output.say_wrapped(f"Certificates are issued by {issuer.name}{f', {issuer.url}' if issuer.url else ''}.")


def publish(context: CommandContext, options: PublishOptions) -> None:
    claims = None if options.owner else signed_in(context)
    folder = typed_path(options.folder)
    files = documents.website(context.lms, claims)
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RefusedError("folder_not_made", folder=path.parent, reason=error.strerror) from error
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        exporting.write(path, text.encode())
        path.chmod(0o644)  # they are to be published
    output.say_wrapped(f"{counted(len(files), 'file')} to publish are in {folder}.")


def trust(context: CommandContext, options: TrustOptions) -> None:
    context.paths.prepare()
    digits = known.trust(context.paths, options.fingerprint, options.name)
    output.say_wrapped(f"{in_groups(digits)} is known here as {options.name} from now on.")


def _trusted(context: CommandContext) -> dict[str, str]:
    """Whom this person trusts; where that cannot be read they are told so, and the files are checked all the same."""
    try:
        return known.trusted(context.paths)
    except RefusedError as error:
        output.complain(str(error))
        return {}


def _mine(context: CommandContext, word: str) -> Credential:
    claims = learner(context)
    return issuing.find(context.lms, claims, output.one_line(word))


def _with_passphrase(context: CommandContext, claims: Claims, found: MyCredentials) -> MyCredentials:
    """Ask for the passphrase of a locked key, and issue what waits for it."""
    if not keys.is_locked(context.lms, claims):
        return found
    keys.unlock(context.lms, claims, prompts.password("Passphrase of the school's key", from_stdin=False))
    return issuing.mine(context.lms, claims)


def _open_with_prompt(context: CommandContext, claims: Claims, options: KeyOptions) -> None:
    if keys.is_locked(context.lms, claims):
        passphrase = prompts.password("Passphrase of the key", from_stdin=options.password_stdin)
        keys.unlock(context.lms, claims, passphrase)


def _state(context: CommandContext, each: Credential) -> str:
    return f"{context.glyphs.locked} revoked" if each.revoked_at else f"{context.glyphs.done} valid"


def _about(each: Credential) -> str:
    document = documents.contents(each)
    about = f"{badge.holder_of(document)}, {day(badge.awarded(document))}"
    if each.revoked_at is not None:
        about += f". Revoked: {each.reason}"
    return f"{output.one_line(badge.title_of(document))}\n{output.one_line(about)}"


def _say_report(context: CommandContext, name: str, report: VerificationReport) -> None:
    output.say_wrapped(name)
    if report.document is not None:
        document: Any = report.document
        said = f"{badge.holder_of(document)}: {badge.title_of(document)}, {day(badge.awarded(document))}"
        output.say_wrapped(output.one_line(said))
    glyphs = context.glyphs
    rows = [
        (f"{getattr(glyphs, _SIGNS[each.outcome])} {each.name} {each.outcome.value}", each.sentence)
        for each in report.checks
    ]
    output.say("\n".join(output.table(rows, output.width())))
    if report.holds:
        output.say_wrapped("All of it holds.")
    elif any(each.outcome is Outcome.FAILED for each in report.checks):
        output.say_wrapped("Do not accept it.")
    else:
        output.say_wrapped("Nothing speaks against it, but not everything could be confirmed.")
    output.say()


def _parsed(path: Path) -> verify.ParsedFile | VerificationReport:
    """What a file holds, or the report that says why nothing: of others beside it there is one all the same."""
    try:
        with open_file(path, follow=True) as file:
            return verify.parse_file(file.read(verify.MAX_LENGTH + 1))
    except OSError as error:
        return verify.refused(str(RefusedError("file_unreadable", path=path, reason=error.strerror)))
    except ValueError as error:
        return verify.refused(str(error))
