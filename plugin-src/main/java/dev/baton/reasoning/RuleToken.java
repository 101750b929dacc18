package dev.baton.reasoning;

/**
 * A piece of a rule file.
 *
 * @param start offset in the file, UTF-16
 */
record RuleToken(Kind kind, String text, int start, int line, int column) {

  enum Kind {
    WORD("a name"),
    STRING("an entity between quotes"),
    OPEN("'('"),
    CLOSE("')'"),
    COMMA("','"),
    ARROW("'<-'"),
    NOT_EQUAL("'!='"),
    COLON("':'"),
    OPEN_WEIGHT("'['"),
    CLOSE_WEIGHT("']'"),
    END("the end of the rule"),
    WRONG("a character that rules do not have");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    @Override
    public String toString() {
      return description;
    }
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** How an error names it. */
  String shown() {
    return kind == Kind.END ? "the end of the rule" : "'" + text + "'";
  }
}
