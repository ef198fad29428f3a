"""What each command is given, as `azora_tui.commands.arguments` parses it.

Only for annotations: argparse sets the attributes, and mypy sees a misspelt one. A test holds the two together.
"""

from datetime import date
from typing import Literal

from azora_tui.lms.credentials.exporting import Form


class Options:
    """What every command has. `command` is its name in `azora_tui.commands.table`."""

    command: str
    ascii: bool


class JsonOptions(Options):
    json: bool


class PasswordOptions(Options):
    password_stdin: bool


class RegisterOptions(PasswordOptions):
    name: str | None
    email: str | None


class LoginOptions(PasswordOptions):
    email: str | None


class RevokeSessionOptions(Options):
    """Of the two, one is given."""

    id: str | None
    others: bool


class ResetPasswordOptions(PasswordOptions):
    email: str
    owner: bool


class PeopleOptions(JsonOptions):
    query: str | None
    owner: bool


class AccountOptions(JsonOptions):
    email: str
    owner: bool


class RoleOptions(AccountOptions):
    role: str


class InviteOptions(JsonOptions):
    email: str
    name: str | None


class CoursesOptions(JsonOptions):
    query: str | None
    sort: str
    teaching: bool


class CourseOptions(JsonOptions):
    id: str


class EnrollOptions(CourseOptions):
    wait: bool
    key: str | None
    key_stdin: bool


class CourseSetOptions(CourseOptions):
    """`changes` are rules by their names; one that is not to be changed is missing, since None takes it away."""

    changes: dict[str, object]


class CourseTeachersOptions(CourseOptions):
    add: list[str]
    remove: list[str]


class RosterImportOptions(CourseOptions):
    path: str
    dry_run: bool


class RosterExportOptions(CourseOptions):
    output: str | None
    force: bool


class EnrollmentsOptions(JsonOptions):
    status: str | None


class HomeOptions(JsonOptions):
    rest_days: frozenset[int] | None


class NewsOptions(JsonOptions):
    all: bool
    read: bool


class ProfileSetOptions(JsonOptions):
    """What is None stays as it is."""

    name: str | None
    learning: str | None
    helping: str | None
    about: str | None
    open: bool | None
    helps: bool | None


class FindPeopleOptions(JsonOptions):
    query: str | None


class PersonOptions(JsonOptions):
    person: int


class AskOptions(PersonOptions):
    words: str


class ReadOptions(CourseOptions):
    lesson: str | None


class LessonOptions(CourseOptions):
    lesson: str


class CompleteOptions(LessonOptions):
    minutes: int


class TasksOptions(JsonOptions):
    waiting: bool


class TaskOptions(LessonOptions):
    task: str | None


class HandInOptions(TaskOptions):
    file: str


class SubmissionOptions(JsonOptions):
    submission: str


class AnswerOptions(SubmissionOptions):
    accept: bool
    tick: frozenset[int]
    message: str


class ReviewOptions(JsonOptions):
    forecast: bool
    undo: bool


class SearchOptions(JsonOptions):
    query: list[str]


class InsightsOptions(JsonOptions):
    """Of `lesson`, `question`, `learner` and `people` at most one is given, and only with `id`."""

    id: str | None
    lesson: str | None
    question: str | None
    learner: str | None
    people: str | None


class ExportNotesOptions(Options):
    output: str | None
    force: bool


class ExportMeOptions(Options):
    file: str
    force: bool


class DeleteAccountOptions(PasswordOptions, JsonOptions):
    yes: bool


class ExportCourseOptions(Options):
    id: str
    output: str


class ExportGiftOptions(Options):
    id: str
    output: str | None
    force: bool


class ExportFiguresOptions(ExportGiftOptions):
    of: Literal["lessons", "questions"]


class ImportOptions(JsonOptions):
    path: str


class AnnounceOptions(CourseOptions):
    text: str | None


class AnnouncementsOptions(CourseOptions):
    withdraw: int | None


class MessageOptions(AnnounceOptions):
    email: str


class WisdomOptions(LessonOptions):
    all: bool


class WriteWisdomOptions(LessonOptions):
    text: str | None
    kind: str
    at: str | None


class PieceOptions(JsonOptions):
    id: int


class ChangeWisdomOptions(PieceOptions):
    text: str | None
    kind: str | None


class ThankOptions(PieceOptions):
    take_back: bool


class ReasonOptions(PieceOptions):
    reason: str


class AnswerWisdomOptions(PieceOptions):
    text: str | None
    take_away: bool


class TakeOverOptions(PieceOptions):
    text: str | None


class NewCourseOptions(Options):
    dir: str


class CheckOptions(JsonOptions):
    path: str


class PreviewOptions(Options):
    path: str


class AdoptOptions(JsonOptions):
    dir: str
    plain_backup: bool
    owner: bool


class LogOptions(JsonOptions):
    since: int | None
    output: str | None
    force: bool


class KeyOptions(PasswordOptions):
    new: bool
    lock: bool
    unlock: bool


class SchoolOptions(Options):
    name: str | None
    url: str | None


class PublishOptions(Options):
    folder: str
    owner: bool


class TrustOptions(Options):
    fingerprint: str
    name: str


class CertificateOptions(JsonOptions):
    id: str


class ExportCertificateOptions(Options):
    id: str
    format: Form
    output: str | None
    force: bool
    paper: Literal["a4", "letter"]


class VerifyOptions(JsonOptions):
    files: list[str]


class ShowAsOptions(Options):
    id: str
    pseudonym: str | None
    no_email: bool


class RevokeCertificateOptions(Options):
    id: str
    reason: str


class InboxOptions(JsonOptions):
    all: bool
    read: bool


class CircleOptions(JsonOptions):
    id: int


class MakeCircleOptions(JsonOptions):
    course: str
    name: str
    goal: str
    until: date


class ShowCircleOptions(CircleOptions):
    page: int


class CircleInviteOptions(CircleOptions):
    renew: bool


class JoinCircleOptions(JsonOptions):
    word: list[str]


class LeaveCircleOptions(CircleOptions):
    keep_posts: bool


class CirclePostOptions(CircleOptions):
    text: str | None


class CirclePostIdOptions(JsonOptions):
    post: int


class CircleReplyOptions(CirclePostIdOptions):
    text: str | None


class ReportPostOptions(CirclePostIdOptions):
    reason: str


class ChangeCircleOptions(CircleOptions):
    name: str | None
    goal: str | None
    until: date | None


class CircleProgressOptions(CircleOptions):
    shown: Literal["show", "hide"]


class CircleThereOptions(CircleOptions):
    not_yet: bool


class HelpRequestOptions(JsonOptions):
    request: int


class AskForHelpOptions(LessonOptions):
    question: str | None
    text: str | None


class HelpReplyOptions(HelpRequestOptions):
    text: str | None


class GiveReplyOptions(HelpRequestOptions):
    reply: int
    kind: str


class ReportHelpOptions(HelpRequestOptions):
    reason: str
    answer: int | None


class OwnReplyOptions(JsonOptions):
    reply: int


class ChangeReplyOptions(OwnReplyOptions):
    text: str | None
