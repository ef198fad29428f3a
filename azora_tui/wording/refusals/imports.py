"""Courses in and out. Some are parts of a sentence, for the report of what was not taken."""

SENTENCES: dict[str, str] = {
    "archive_holds_link": "This archive holds a link or a device ({shown}), not only files. Nothing was imported.",
    "archive_ratio_too_high": "{name} unpacks to more than {maximum} times its size. Nothing was imported.",
    "archive_name_too_long": "This archive has a name out of all proportion. Nothing was imported.",
    "archive_leads_outside": "This archive has a file that leads outside of it ({name}). Nothing was imported.",
    "archive_too_deep": "Folders stand too deep in one another here. Nothing was imported.",
    "path_missing": "{path} is not there. Nothing was imported. Check the name.",
    "path_not_a_file": "{path} is neither a file nor a folder. Nothing was imported.",
    "path_unreadable": "{path} cannot be read ({reason}). Nothing was imported.",
    "archive_packing_unknown": (
        "{name} is packed in a way that is not taken here. Nothing was imported. Unpack it and import the "
        "folder, or pack it as .zip or .tar.gz."
    ),
    "too_many_files": "{name} holds more than {maximum:,} files. Nothing was imported.",
    "too_many_bytes": "{name} unpacks to more than {maximum:,} bytes. Nothing was imported.",
    "text_too_large": "{name} is larger than {most:,} bytes, too much for a text. Nothing was imported.",
    "archive_header_too_large": "This archive has a header out of all proportion. Nothing was imported.",
    "archive_too_many_files": "This archive holds more than {maximum:,} files. Nothing was imported.",
    "archive_damaged": "{name} is damaged ({reason}). Nothing was imported.",
    "archive_damaged_or_unknown": (
        "{name} is damaged or made in a way that is not known here ({reason}). Nothing was imported."
    ),
    "archive_locked": "{name} is locked with a password. Nothing was imported.",
    "archive_compression_unknown": "{name} is packed in a way that is not taken here. Nothing was imported.",
    "archive_damaged_inside": "{name} is damaged. Nothing was imported.",
    "folder_too_many_files": "{path} holds more than {maximum:,} files. Nothing was imported.",
    "config_unreadable": "config.yaml cannot be read: {problem}. Nothing was imported.",
    "manifest_unreadable": "imsmanifest.xml cannot be read: {problem}. Nothing was imported.",
    "too_many_items": "Its tree has more than {maximum:,} items. Nothing was imported.",
    "essay": "it is an essay, which only a person can grade",
    "braces_hold_no_answer": "what stands in its braces is no answer",
    "answer_is_pattern": "its answer is a pattern, which cannot be compared here",
    "no_answer_right": "no answer of it is wholly right",
    "too_many_questions": "It asks more than {maximum:,} questions. Nothing was imported.",
    "qti_2": (
        "Its questions are in QTI 2, and only QTI 1.2 is read here. Nothing was imported. Export them as QTI 1.2 or as "
        "a Common Cartridge."
    ),
    "no_lesson": "There is no lesson in it that could be taken. Nothing was imported.",
    "questions_out_of_proportion": "Its questions repeat their text out of all proportion. Nothing was imported.",
    "course_xml_unreadable": "course.xml cannot be read: {problem}. Nothing was imported.",
    "answer_no_number": "its answer is not a plain number",
    "made_by_program": "its values are made by a Python program, and programs of a course are never run",
    "no_option_right": "none of its options is right",
    "answer_out_of_length": "its answer is longer than any that is taken",
    "no_option_wrong": "none of its options is wrong, and one is to be chosen",
    "one_option": "it has only one option",
    "options_read_the_same": "two of its options read the same, and only one of them is right",
    "answer_is_calculation": "its answer is a calculation, not a plain number",
    "answer_is_place": "its answer is a place in a picture, or a grouping",
    "names_no_answer": "it names no right answer",
    "words_are_signs": "its words are also signs of a quiz",
    "answers_hold_signs": "its answers hold signs that mean something else in a quiz",
    "asks_nothing": "it asks nothing in words",
    "xml_empty": "it is empty",
    "xml_too_deep": "its elements stand too deep in one another, or are too many",
    "xml_entities": "it brings entities or a document type of its own, which are not taken from strangers",
    "xml_encoding_unknown": "its encoding is not known here",
    "yaml_no_mapping": "it holds no keys and values",
    "yaml_invalid": "it is not valid YAML",
    "yaml_too_deep": "its lists and mappings stand too deep in one another, or are too many",
    "folder_name_no_slug": (
        "A course is called after its folder, and {folder} has neither letters from a to z nor digits in its "
        "name. Nothing was written. Choose a name such as first-steps."
    ),
    "folder_not_empty": "{folder} is not empty. Nothing was written. Choose a new folder.",
    "course_not_written": "The course could not be written to {folder} ({reason}). Choose another folder.",
    "import_stopped": "The import was stopped.",
    "no_known_course": "{name} holds no course that is known here. Nothing was imported. Known are {known}.",
    "moodle_backup": (
        "{name} is no course that is read here: it is a backup of Moodle, which only Moodle reads. Nothing was "
        "imported. In Moodle, make the backup again with “Convert to IMS Common Cartridge 1.1” ticked on its first "
        "page, and import that file; or export the question bank in GIFT format."
    ),
    "moodle_questions": (
        "{name} is no course that is read here: it holds questions in the XML of Moodle. Nothing was imported. Export "
        "the question bank again in GIFT format, and import that file."
    ),
    "xml_not_well_formed": "it is not well formed ({problem})",
    "yaml_invalid_here": "it is not valid YAML ({problem})",
    "graded_by_course_program": "it is graded by a Python program, and programs of a course are never run",
    "graded_elsewhere": "it is graded by a program elsewhere",
    "graded_in_browser": "it is graded by a program in a browser",
    "answer_is_formula": "its answer is a formula, which cannot be compared here",
    "answer_is_place_in_picture": "its answer is a place in a picture",
    "options_have_fields": "its options have fields of their own",
    "answer_is_chemical_equation": "its answer is a chemical equation",
    "course_faulty": "{file}: {fault}",
}
