package dev.wayleave.command;

/** How to print a result; spelled as on the command line. */
enum Format {
    json,
    markdown,
    table
}
