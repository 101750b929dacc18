package dev.baton.reasoning;

import dev.baton.reasoning.RuleToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a rule file into rules of tokens. A rule ends with its line, unless this ends with a comma,
 * an arrow or an open bracket, or the next begins with an arrow, a comma or a weight. {@code #}
 * begins a comment. Full-width punctuation is as good as the plain one.
 */
final class RuleLexer {

  private final String text;
  private final List<List<RuleToken>> rules = new ArrayList<>();
  private List<RuleToken> rule = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean lineEnded;

  private RuleLexer(String text) {
    this.text = text;
  }

  /** The tokens of each rule, with one of kind END behind them. */
  static List<List<RuleToken>> rules(String text) {
    RuleLexer lexer = new RuleLexer(text);
    lexer.run();
    return lexer.rules;
  }

  private void run() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (c == '\n') {
        at++;
        line++;
        lineStart = at;
        lineEnded = true;
      } else if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c) || c == 0xFEFF) {
        at += Character.charCount(c);
      } else {
        token(c);
      }
    }
    end();
  }

  private void token(int c) {
    switch (c) {
      case '(', '（' -> add(Kind.OPEN, 1);
      case ')', '）' -> add(Kind.CLOSE, 1);
      case ',', '，', '、' -> add(Kind.COMMA, 1);
      case ':', '：' -> add(text.startsWith(":-", at) ? Kind.ARROW : Kind.COLON, length(":-"));
      case '[', '【' -> add(Kind.OPEN_WEIGHT, 1);
      case ']', '】' -> add(Kind.CLOSE_WEIGHT, 1);
      case '←' -> add(Kind.ARROW, 1);
      case '≠' -> add(Kind.NOT_EQUAL, 1);
      case '<' -> add(text.startsWith("<-", at) ? Kind.ARROW : Kind.WRONG, length("<-"));
      case '!', '！' ->
          add(
              at + 1 < text.length() && text.charAt(at + 1) == '=' ? Kind.NOT_EQUAL : Kind.WRONG,
              at + 1 < text.length() && text.charAt(at + 1) == '=' ? 2 : 1);
      case '"', '“', '”' -> string();
      default -> {
        int end = at;
        while (end < text.length() && Names.isWordPart(text.codePointAt(end))) {
          end += Character.charCount(text.codePointAt(end));
        }
        if (end == at) {
          add(Kind.WRONG, Character.charCount(c));
        } else {
          add(Kind.WORD, end - at);
        }
      }
    }
  }

  private int length(String sign) {
    return text.startsWith(sign, at) ? sign.length() : 1;
  }

  private void string() {
    StringBuilder content = new StringBuilder();
    int end = at + 1;
    while (end < text.length() && "\"“”\n".indexOf(text.charAt(end)) < 0) {
      if (text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n') {
        end++;
      }
      content.append(text.charAt(end));
      end++;
    }
    boolean closed = end < text.length() && text.charAt(end) != '\n';
    add(
        closed ? Kind.STRING : Kind.WRONG,
        closed ? content.toString() : text.substring(at, end),
        closed ? end + 1 - at : end - at);
  }

  private void add(Kind kind, int length) {
    add(kind, text.substring(at, at + length), length);
  }

  private void add(Kind kind, String content, int length) {
    boolean continues =
        kind == Kind.ARROW
            || kind == Kind.COMMA
            || kind == Kind.OPEN_WEIGHT
            || (!rule.isEmpty() && isOpenEnded(rule.get(rule.size() - 1).kind()));
    if (lineEnded && !continues) {
      end();
    }
    lineEnded = false;
    rule.add(new RuleToken(kind, content, at, line, at - lineStart + 1));
    at += length;
  }

  private static boolean isOpenEnded(Kind kind) {
    return kind == Kind.ARROW || kind == Kind.COMMA || kind == Kind.OPEN;
  }

  private void end() {
    if (!rule.isEmpty()) {
      RuleToken last = rule.get(rule.size() - 1);
      int lastEnd = last.start() + last.text().length();
      rule.add(
          new RuleToken(
              Kind.END,
              "",
              Math.min(lastEnd, text.length()),
              last.line(),
              last.column() + last.text().length()));
      rules.add(rule);
      rule = new ArrayList<>();
    }
  }
}
