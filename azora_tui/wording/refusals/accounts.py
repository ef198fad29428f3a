"""Accounts, passwords, sign-ins."""

SENTENCES: dict[str, str] = {
    "name_too_long": "A name can have at most {maximum} characters. Shorten it a little.",
    "name_missing": "Enter the name you want to be called by.",
    "email_invalid": "Enter an e-mail address such as thandi@example.org.",
    "email_has_spaces": "An e-mail address has no spaces or invisible characters. Type it anew.",
    "email_damaged": "This e-mail holds a character that is damaged. Type it anew.",
    "email_too_long": "An e-mail address can have at most {maximum} characters.",
    "password_too_long": "A password can have at most {maximum:,} characters. Choose a shorter one.",
    "password_too_short": "This password is too short. Choose one of at least {minimum} characters.",
    "password_damaged": "This password holds a character that is damaged. Type it anew.",
    "password_is_own_name": (
        "This password is made of your own name or e-mail address. Choose one that is hard to guess, without it."
    ),
    "password_common": "This is one of the most common passwords. Choose one that is hard to guess.",
    "credentials_wrong": "This e-mail and password do not go together. Check both and try again.",
    "current_password_wrong": "This is not your current password. Nothing was changed. Try it again.",
    "account_unknown": "There is no account with this e-mail. Nothing was changed. Check its spelling.",
    "reset_needs_admin_or_owner": (
        "Only an admin who is signed in, or the owner of {path} on this computer, can reset a password. "
        "Nothing was changed. Ask one of them."
    ),
    "adopt_needs_admin_or_owner": (
        "This school has people in it, so only an admin who is signed in, or the owner of {path} on this computer with "
        "--owner, can bring others in. Nothing was changed. Ask one of them."
    ),
    "originals_need_owner": (
        "Databases of the original Azora services lie in {folder}, and this school has people in it already. "
        "Everything is as it was. Whoever owns that folder can take them over with `azora-tui adopt --owner {folder}`, "
        "or move them away."
    ),
    "accounts_need_admin_or_owner": (
        "Only an admin who is signed in, or the owner of {path} on this computer, can see and change the accounts of "
        "others. Nothing was changed. Ask one of them."
    ),
    "role_unknown": 'There is no role called "{role}". Choose learner, instructor or admin.',
    "last_admin": (
        "{name} is the only admin of this school, and it cannot do without one. Nothing was changed. "
        "Make somebody else an admin first."
    ),
    "own_account_stays_open": (
        "This is your own account, and you would be shut out at once. Nothing was changed. Another admin can close it."
    ),
    "account_closed": "This account is closed for now. Ask the admin of this school.",
    "inviting_not_allowed": "Only instructors and admins can invite people. Nothing was changed. Ask one of them.",
    "invitation_needs_admin": (
        "{name} is more than a learner here, so only an admin can give them a new word. Nothing was changed. "
        "Ask one of them."
    ),
    "account_is_open": (
        "{name} has opened this account already and needs no word. Nothing was changed. Whoever forgot their password "
        "gets a new one from an admin."
    ),
    "password_to_choose": "This word opens your account. Choose a password of your own to go on.",
    "invitation_word_wrong": "This e-mail and this word do not go together. Check both and try again.",
    "invitation_expired": (
        "This word opens the account no more: each is good for a week. An instructor or the admin of this school can "
        "give you a new one."
    ),
    "email_taken": "This e-mail already has an account. Sign in with it instead.",
    "no_accounts": "There are no accounts at {path} ({reason}). Nothing was changed. Check AZORA_HOME.",
    "session_unknown": "You have no session with this id. Nothing was changed. List your sessions to see their ids.",
    "session_not_kept": (
        "You are signed in, but {path} cannot be written ({reason}), so the next start will ask for your "
        "password again. Check that the folder is yours and has room."
    ),
    "session_not_removed": (
        "{path} cannot be removed ({reason}), so the sign-in it holds may still be used from it. Check that "
        "the folder is yours, and remove the file by hand."
    ),
    "token_invalid": (
        "Your sign-in could not be confirmed: it is damaged, or was not made by this school. Your work is "
        "safe. Sign in again."
    ),
    "token_expired": "Your last sign-in was too long ago, so it has ended. Your work is safe. Sign in again to go on.",
    "token_from_the_future": (
        "You signed in at a time that this computer's clock has not reached: it was set back. Your work is "
        "safe. Set the clock right, or sign in again."
    ),
    "token_key_damaged": (
        "{path} is damaged, so nobody can sign in or stay signed in. Accounts and progress are safe, and the "
        "file was left as it is. Bring it back from a backup, or move it away: a new one is made, and "
        "everyone signs in again."
    ),
    "token_key_unreadable": (
        "{path}, which holds the key for signing in, cannot be read ({reason}). It was left as it is. Check "
        "that it belongs to you."
    ),
    "token_key_not_kept": (
        "The key for signing in cannot be kept at {path} ({reason}). Nothing was changed. Check that the "
        "folder is yours and has room, or choose another with AZORA_HOME."
    ),
    "session_ended": "This sign-in has ended. Your work is safe. Sign in again to go on.",
    "reset_needs_admin": (
        "Only an admin of this school can reset someone's password. Nothing was changed. Ask one of them."
    ),
    "claims_expired": "Your session has ended. Nothing is lost: sign in to go on where you were.",
    "sign_in_needed": "Sign in to go on.",
    "somebody_else_signed_in": "Somebody else has signed in.",
    "signed_out": "You have signed out.",
}
