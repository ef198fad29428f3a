"""Certificates, their keys, their log."""

SENTENCES: dict[str, str] = {
    "pdf_extra_missing": (
        "Making a PDF needs what `pip install 'azora-tui[pdf]'` brings. Nothing was written. The other "
        "formats work without it."
    ),
    "pdf_font_missing": (
        "The fonts of the PDF cannot write “{text}”. Nothing was written. The SVG can: open it in a browser, "
        "and print it from there."
    ),
    "file_not_written": "{path} cannot be written ({reason}). What was there is as it was. Choose another place.",
    "course_not_completed": "{course} is not completed yet. A certificate comes with its last required lesson.",
    "publish_needs_admin_or_owner": (
        "Only an admin who is signed in, or the owner of {path} on this computer with --owner, can publish for this "
        "school. Nothing was written. Ask one of them."
    ),
    "certificate_not_yours": "You have no certificate {word}. `azora-tui certificates` lists yours.",
    "reason_length": "Give a reason of 1 to {maximum} characters. Everybody will be able to read it.",
    "revoke_not_allowed": "Only an admin or the course's instructor can revoke a certificate. Nothing was changed.",
    "pseudonym_length": "A pseudonym has 1 to {maximum} characters.",
    "certificate_missing": "You have no such certificate.",
    "certificate_revoked": "This certificate is revoked, so it cannot be issued again.",
    "certificate_unknown": "There is no certificate {word} in this school.",
    "revoke_not_own_course": "An instructor can revoke the certificates of their own courses. Nothing was changed.",
    "school_name_length": "A school's name has 1 to {maximum} characters.",
    "url_invalid": "Give an address such as https://school.example/azora.",
    "jws_header_foreign": "Its header is not that of a certificate.",
    "jws_too_long": "It is longer than any certificate.",
    "jws_not_signed": "It is not a signed certificate.",
    "jws_header_damaged": "It is damaged: its header cannot be read.",
    "jws_no_key": "Its header holds no public key of the kind that ES256 needs.",
    "jws_signature_wrong": "Its signature does not match what it says: it was changed, or signed by another.",
    "jws_unreadable": "What it says cannot be read.",
    "jws_doubled_name": "It says two things under one name, so nobody can tell which of them counts.",
    "jws_damaged": "It is damaged: it is not written as signed certificates are.",
    "issuer_key_damaged": (
        "{path} is damaged, so no certificate can be signed. Those that were are good, and the file was left "
        "as it is. Bring it back from a backup, or move it away and let an admin make a new key: `azora-tui "
        "certificates key --new`."
    ),
    "admin_needed": "Only an admin of this school can do this. Nothing was changed. Ask one of them.",
    "passphrase_length": "A passphrase has 1 to {maximum:,} characters, fewer with accents. Nothing was changed.",
    "issuer_key_unreadable": (
        "{path}, which holds the school's key for certificates, cannot be read ({reason}). No certificate is "
        "lost. Bring it back from a backup, or let an admin make a new one: `azora-tui certificates key "
        "--new`."
    ),
    "passphrase_file_unreadable": (
        "The file that {variable} names cannot be read, so the school's key stays locked. Nothing is lost."
    ),
    "issuer_key_not_kept": (
        "The school's key for certificates cannot be kept at {path} ({reason}). Check that the folder is "
        "yours and has room. Nothing is lost."
    ),
    "issuer_key_locked": (
        "The school's key for certificates is locked with a passphrase. Nothing is lost: `azora-tui "
        "certificates` asks for it."
    ),
    "passphrase_wrong": (
        "This is not the passphrase of the school's key. Nothing was changed. If it is forgotten, an admin "
        "can move {path} away and make a new key: `azora-tui certificates key --new`."
    ),
    "issuer_name_missing": "Say by which name this issuer is to be known.",
    "fingerprint_invalid": "A fingerprint has 64 hexadecimal digits; a did:jwk is taken too.",
    "issuer_name_too_long": "Write a name of at most {maximum:,} characters.",
    "issuers_unreadable": (
        "{path}, which says whom you trust, cannot be read ({reason}). It was left as it is, and nobody in it is known "
        "until it can be read. Mend it, or move it away."
    ),
    "issuers_damaged": (
        "{path}, which says whom you trust, is damaged. It was left as it is, and nobody in it is known until it is "
        "mended. Mend it, or move it away and trust them again."
    ),
    "issuers_not_written": "{path} cannot be written ({reason}). Nothing was changed.",
    "not_a_certificate": "It is signed, but it is not a certificate (Open Badges 3.0).",
    "certificate_contradicts_itself": (
        "It contradicts itself: its signed frame says something else than the certificate in it."
    ),
    "readable_part_differs": "Its readable part says something else than what was signed: it was changed.",
    "jws_unsigned": "It carries no signature (its algorithm is “none”).",
    "jws_algorithm_foreign": "It is not signed with ES256, the one algorithm that is taken here.",
    "picture_without_certificate": "This picture holds no certificate.",
    "picture_with_two_certificates": "This picture holds two certificates.",
    "picture_not_as_standard": "The certificate in this picture is not written as the standard says.",
    "svg_unsuitable": "This is not an SVG that a certificate can be put into.",
    "svg_damaged": "This picture is damaged: it is not an SVG that can be read.",
    "picture_unsigned": "What this picture holds is not a signed certificate.",
    "not_a_png": "This is not a PNG.",
    "png_cut_off": "This picture is cut off.",
    "png_damaged": "This picture is damaged.",
    "certificate_file_too_large": "This file is larger than any certificate.",
    "certificate_file_is_pdf": (
        "A PDF is for the wall. Give the certificate.jwt that is attached to it, or another form."
    ),
    "certificate_file_foreign": "This is not a certificate: neither text, nor JSON, nor a PNG or SVG.",
    "certificate_file_empty": "This file is empty.",
    "certificate_file_damaged": "This file is damaged: its JSON cannot be read.",
    "certificate_json_unknown": "This JSON is not a certificate that is known here.",
}
