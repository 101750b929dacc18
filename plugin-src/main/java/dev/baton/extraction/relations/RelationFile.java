package dev.baton.extraction.relations;

import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a file of patterns, a statement a line, and collects every fault. The statements:
 *
 * <pre>
 * words en film = film | motion picture      what @film stands for, in the patterns of the language below
 * list en = , | and | , and                  what joins the members of &lt;S+&gt; and &lt;O+&gt;
 * not en = not | never                       a match is void with one of these in it or shortly before it
 * not after en = fell through                or shortly behind it
 * relation author WORK > PER ORG             its patterns follow; with - for > it holds in both directions
 * label en author
 * en 0.9 &lt;S&gt; was written by &lt;O+&gt;           language, confidence, pattern
 * </pre>
 *
 * Used once.
 */
final class RelationFile {

  /** The graph's own name for a pair in one sentence, which no pattern may take. */
  private static final Set<String> RESERVED = Set.of("cooccurs");

  private static final Pattern RELATION =
      Pattern.compile("relation\\s+(\\S+)\\s+([^->]+?)\\s*([->])\\s*([^->]+)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern WORDS = Pattern.compile("words\\s+(\\S+)\\s+(\\S+)\\s*=(.*)");
  private static final Pattern PHRASES = Pattern.compile("(list|not after|not)\\s+(\\S+)\\s*=(.*)");
  private static final Pattern LABEL = Pattern.compile("label\\s+(\\S+)\\s+(\\S.*)");
  private static final Pattern RULE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S.*)");

  private final String file;
  private final List<String> faults = new ArrayList<>();
  private final StringBuilder content = new StringBuilder();
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private final Map<Language, Dialect> dialects = new EnumMap<>(Language.class);
  private Block block;
  private int line;

  /** A relation and where it stands. */
  private static final class Block {
    final int line;
    final Relation relation;
    final Map<Language, String> labels = new EnumMap<>(Language.class);
    final Map<String, Integer> sources = new HashMap<>();

    Block(int line, Relation relation) {
      this.line = line;
      this.relation = relation;
    }

    Relation labelled() {
      return new Relation(
          relation.name(), labels, relation.subjects(), relation.objects(), relation.symmetric());
    }
  }

  /** A pattern of a block and where it stands. */
  private record Rule(
      int line, Block block, String source, double confidence, PatternSource.Parsed parsed) {}

  /** All that is said of one language. */
  private static final class Dialect {
    final Vocabulary vocabulary = new Vocabulary();
    final Map<String, Phrases> words = new HashMap<>();
    final Map<String, Phrases> phrases = new HashMap<>();
    final List<Rule> rules = new ArrayList<>();
  }

  RelationFile(String file) {
    this.file = file;
    for (Language language : Language.values()) {
      dialects.put(language, new Dialect());
    }
  }

  RelationRules parse(String text) {
    for (String raw : text.split("\\R", -1)) {
      line++;
      String statement = (line == 1 ? raw.replaceFirst("^\uFEFF", "") : raw).strip();
      if (!statement.isEmpty() && !statement.startsWith("#")) {
        content.append(statement).append('\n');
        read(statement);
      }
    }
    check();
    Map<String, Relation> relations = new LinkedHashMap<>();
    blocks.forEach((name, its) -> relations.put(name, its.labelled()));
    Map<Language, LanguagePatterns> patterns = new EnumMap<>(Language.class);
    dialects.forEach((language, dialect) -> patterns.put(language, compile(language, dialect)));
    if (!faults.isEmpty()) {
      throw new RelationFileException(faults);
    }
    return new RelationRules(relations, patterns, content.toString());
  }

  private void read(String statement) {
    String first = statement.split("\\s", 2)[0];
    try {
      switch (first) {
        case "relation" -> relation(statement);
        case "label" -> label(statement);
        case "words" -> words(statement);
        case "list", "not" -> phrases(statement);
        default -> rule(statement);
      }
    } catch (IllegalArgumentException e) {
      fault(line, e.getMessage() + ": " + statement);
    }
  }

  private void relation(String statement) {
    Matcher parts = matched(RELATION, statement, "relation author WORK > PER ORG");
    String name = parts.group(1);
    block = null;
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "a relation's name must be of a-z, 0-9 and _, and not cooccurs, got '" + name + "'");
    }
    boolean symmetric = parts.group(3).equals("-");
    Set<MentionKind> subjects = Kinds.parse(parts.group(2));
    Set<MentionKind> objects = Kinds.parse(parts.group(4));
    if (!subjects.stream().allMatch(MentionKind::isNamed)) {
      throw new IllegalArgumentException("a DATE or a NUMBER cannot be a subject");
    }
    if (symmetric && !subjects.equals(objects)) {
      throw new IllegalArgumentException("what holds in both directions must have equal types");
    }
    block = new Block(line, new Relation(name, Map.of(), subjects, objects, symmetric));
    Block before = blocks.putIfAbsent(name, block);
    if (before != null) {
      throw new IllegalArgumentException(
          "relation " + name + " stands already in line " + before.line);
    }
  }

  private void label(String statement) {
    Matcher parts = matched(LABEL, statement, "label en author");
    Language language = language(parts.group(1));
    if (block == null) {
      throw new IllegalArgumentException("a label must stand below its relation");
    }
    if (block.labels.putIfAbsent(language, parts.group(2).strip()) != null) {
      throw new IllegalArgumentException("there is a label in this language already");
    }
  }

  private void words(String statement) {
    Matcher parts = matched(WORDS, statement, "words en film = film | motion picture");
    Dialect dialect = dialects.get(language(parts.group(1)));
    String name = parts.group(2);
    if (!name.chars().allMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException("a name of words must be letters and digits");
    }
    if (dialect.words.putIfAbsent(name, Phrases.parse(parts.group(3), dialect.vocabulary))
        != null) {
      throw new IllegalArgumentException("words " + name + " stand further up already");
    }
  }

  private void phrases(String statement) {
    Matcher parts = matched(PHRASES, statement, "not en = not | never");
    Dialect dialect = dialects.get(language(parts.group(2)));
    Phrases phrases = Phrases.parse(parts.group(3), dialect.vocabulary);
    if (dialect.phrases.putIfAbsent(parts.group(1), phrases) != null) {
      throw new IllegalArgumentException(
          "'" + parts.group(1) + "' of this language is there already");
    }
  }

  private void rule(String statement) {
    Matcher parts = matched(RULE, statement, "en 0.9 <S> was written by <O>");
    Language language =
        Stream.of(Language.values())
            .filter(known -> known.code().equals(parts.group(1)))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a line must begin with relation, label, words, list, not, zh or en"));
    if (block == null) {
      throw new IllegalArgumentException("a pattern must stand below its relation");
    }
    double confidence = confidence(parts.group(2));
    String source = parts.group(3).strip().replaceAll("\\s+", " ");
    Integer before = block.sources.putIfAbsent(language.code() + source, line);
    if (before != null) {
      throw new IllegalArgumentException("this pattern stands already in line " + before);
    }
    Dialect dialect = dialects.get(language);
    PatternSource.Parsed parsed =
        new PatternSource(source, block.relation, dialect.vocabulary, dialect.words).parse();
    dialect.rules.add(new Rule(line, block, source, confidence, parsed));
  }

  private static double confidence(String text) {
    double confidence;
    try {
      confidence = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      confidence = 0;
    }
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence must be in (0, 1], got " + text);
    }
    return confidence;
  }

  private void check() {
    for (Block its : blocks.values()) {
      if (its.sources.isEmpty()) {
        fault(its.line, "relation " + its.relation.name() + " must have a pattern");
      }
      for (Language language : Language.values()) {
        if (!its.labels.containsKey(language)) {
          fault(
              its.line,
              "relation " + its.relation.name() + " must have a label " + language.code());
        }
      }
    }
    if (blocks.isEmpty()) {
      fault(line, "there must be a relation");
    }
  }

  private LanguagePatterns compile(Language language, Dialect dialect) {
    Phrases joints = dialect.phrases.getOrDefault("list", Phrases.NONE);
    Map<Character, String> placeholders = LanguagePatterns.placeholders(dialect.vocabulary, joints);
    List<RelationPattern> patterns = new ArrayList<>();
    for (Rule rule : dialect.rules) {
      try {
        if (joints.alternatives().isEmpty()
            && rule.parsed().regex().indexOf(PatternSource.JOINT) >= 0) {
          throw new IllegalArgumentException(
              "<S+> and <O+> need a line 'list " + language.code() + " = ...'");
        }
        patterns.add(
            new LanguagePatterns.Draft(
                    rule.block().labelled(),
                    language,
                    rule.source(),
                    rule.confidence(),
                    rule.parsed())
                .compile(placeholders));
      } catch (IllegalArgumentException e) {
        fault(rule.line(), e.getMessage() + ": " + rule.source());
      }
    }
    return new LanguagePatterns(
        language,
        dialect.vocabulary,
        dialect.phrases.getOrDefault("not", Phrases.NONE),
        dialect.phrases.getOrDefault("not after", Phrases.NONE),
        patterns);
  }

  private static Matcher matched(Pattern form, String statement, String example) {
    Matcher parts = form.matcher(statement);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a line must look like '" + example + "'");
    }
    return parts;
  }

  private static Language language(String code) {
    return Optional.of(code)
        .flatMap(c -> Stream.of(Language.values()).filter(l -> l.code().equals(c)).findFirst())
        .orElseThrow(
            () -> new IllegalArgumentException("a language must be zh or en, got " + code));
  }

  private void fault(int at, String rule) {
    faults.add(file + ":" + at + ": " + rule);
  }
}
