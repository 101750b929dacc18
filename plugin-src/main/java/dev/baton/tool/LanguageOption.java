package dev.baton.tool;

import dev.baton.text.Language;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The language of the texts that a command is given. */
final class LanguageOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--language", required = true, description = "zh or en")
  private String language;

  Language language() {
    try {
      return Language.of(language);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(), "--language must be zh or en, got: " + language, e);
    }
  }
}
