internal import Console

/// How this program ends; the argument parser has a type of the same name, which is not meant.
typealias ProgramExit = Console.ExitCode
