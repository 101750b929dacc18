package dev.baton.extraction;

import dev.baton.extraction.relations.MentionKind;
import dev.baton.extraction.relations.RelationMatch;
import dev.baton.extraction.relations.RelationMention;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.MentionMerge;
import dev.baton.text.SentenceSplitter;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes triples of what patterns find in a document. What the document is about by its title is
 * recognised wherever the title is written, fits where any name does, and is the subject of
 * patterns that name none ("It was published by ..."). Pure, deterministic, bounded.
 */
public final class DocumentRelations {

  /** Goes into the fingerprint: raise it whenever the same patterns give other triples. */
  public static final int VERSION = 1;

  /** Triples of a document that are kept, the first ones. */
  public static final int MAX_TRIPLES = 2_000;

  /**
   * Titles shorter than this are not looked for in the text: they would be found in other words.
   */
  private static final int MIN_TITLE = 2;

  private final RelationRules rules;
  private final SourceText text;
  private final Language language;
  private final Title title;
  private final List<Named> named;
  private final List<RelationMention> mentions;
  private final Map<List<String>, FoundTriple> triples = new LinkedHashMap<>();

  /** What the document is about. */
  private record Title(String surface, List<String> ids, Optional<MentionKind> kind) {}

  /** A mention with its entity; the title's where it names that. */
  private record Named(Mention mention, String entity, MentionKind kind) {}

  private DocumentRelations(
      RelationRules rules,
      SourceText text,
      Language language,
      String title,
      List<String> about,
      List<LinkedMention> read) {
    this.rules = rules;
    this.text = text;
    this.language = language;
    this.title = new Title(title, about, kindOfTitle(about, read));
    this.named = named(read);
    this.mentions =
        named.stream().map(one -> new RelationMention(one.kind(), one.mention().span())).toList();
  }

  /**
   * The triples of a document in the order of the text, each once, by its surest match.
   *
   * @param title of the document; empty where it has none
   * @param about ids of what the title names, the fullest first
   * @param read mentions in the order of the text
   */
  public static List<FoundTriple> of(
      RelationRules rules,
      SourceText text,
      Language language,
      String title,
      List<String> about,
      List<LinkedMention> read) {
    return new DocumentRelations(rules, text, language, title, about, read).find();
  }

  private List<FoundTriple> find() {
    int next = 0;
    for (SourceText.Part part : text.parts()) {
      for (Span inPart : SentenceSplitter.split(part.value(), language)) {
        Span sentence = inPart.shift(part.start());
        while (next < mentions.size() && mentions.get(next).span().end() <= sentence.start()) {
          next++;
        }
        boolean named =
            next < mentions.size() && mentions.get(next).span().start() < sentence.end();
        if (named) {
          rules.match(text.text(), sentence, mentions, language, title.kind()).forEach(this::take);
        }
        if (triples.size() >= MAX_TRIPLES) {
          return List.copyOf(triples.values()).subList(0, MAX_TRIPLES);
        }
      }
    }
    return List.copyOf(triples.values());
  }

  private void take(RelationMatch match) {
    Optional<SourceText.Place> place = text.place(match.span());
    Named object = named.get(match.object());
    boolean isValue = object.mention().value().isPresent();
    String subject =
        match.subject() == RelationMatch.TITLE
            ? title.ids().get(0)
            : named.get(match.subject()).entity();
    boolean isNothing =
        subject.isEmpty()
            || place.isEmpty()
            || !fits(match.subject(), match.relation().subjects())
            || !fits(match.object(), match.relation().objects())
            || !isValue && (object.entity().isEmpty() || object.entity().equals(subject));
    if (isNothing) {
      return;
    }
    boolean swap = match.relation().symmetric() && subject.compareTo(object.entity()) > 0;
    double confidence = match.pattern().confidence() * object.mention().confidence();
    if (match.subject() != RelationMatch.TITLE) {
      confidence *= named.get(match.subject()).mention().confidence();
    }
    FoundTriple.End first = subject(match, place.get());
    FoundTriple.End second = end(object, place.get());
    FoundTriple triple =
        new FoundTriple(
            match.relation().name(),
            swap ? second : first,
            swap ? first : second,
            object.mention().value(),
            place.get(),
            match.pattern().language().code() + " " + match.pattern().source(),
            confidence);
    List<String> key =
        List.of(
            triple.subject().entity(),
            triple.relation(),
            isValue ? "" : triple.object().entity(),
            triple.value().map(value -> value.value() + "\t" + value.unit()).orElse(""));
    FoundTriple before = triples.get(key);
    if (before == null || before.confidence() < confidence) {
      triples.put(key, triple);
    }
  }

  /**
   * Whether a mention of the title may be an end. What the models call a person or a place may
   * still be a work or a firm, which often bear such names; nothing else is taken for a person.
   */
  private boolean fits(int mention, Set<MentionKind> kinds) {
    return mention == RelationMatch.TITLE
        || named.get(mention).kind() != MentionKind.TITLE
        || title.kind().orElseThrow() == MentionKind.TITLE
        || kinds.contains(title.kind().orElseThrow())
        || kinds.contains(MentionKind.WORK)
        || kinds.contains(MentionKind.ORG);
  }

  private FoundTriple.End subject(RelationMatch match, SourceText.Place place) {
    return match.subject() == RelationMatch.TITLE
        ? new FoundTriple.End(title.ids().get(0), title.surface(), Optional.empty())
        : end(named.get(match.subject()), place);
  }

  private static FoundTriple.End end(Named one, SourceText.Place place) {
    return new FoundTriple.End(
        one.mention().value().isPresent() ? "" : one.entity(),
        one.mention().surface(),
        Optional.of(one.mention().span().shift(-place.part().start())));
  }

  /** What most mentions of the title's entity are typed as; empty where there is no title. */
  private static Optional<MentionKind> kindOfTitle(List<String> about, List<LinkedMention> read) {
    if (about.isEmpty()) {
      return Optional.empty();
    }
    Map<MentionKind, Integer> counts = new EnumMap<>(MentionKind.class);
    for (LinkedMention one : read) {
      MentionKind kind = MentionKind.of(one.mention().type());
      if (about.contains(one.entity()) && kind != MentionKind.OTHER) {
        counts.merge(kind, 1, Integer::sum);
      }
    }
    return Optional.of(
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(MentionKind.TITLE));
  }

  private List<Named> named(List<LinkedMention> read) {
    Map<Span, LinkedMention> bySpan = new HashMap<>();
    read.forEach(one -> bySpan.put(one.mention().span(), one));
    List<Mention> found = read.stream().map(LinkedMention::mention).toList();
    // "Apple" within "Apple Music" is not what the document "Apple" is about
    List<Mention> titles = MentionMerge.withoutCovered(titles(), found);
    return MentionMerge.prefer(titles, found).stream()
        .map(mention -> named(mention, bySpan.get(mention.span())))
        .toList();
  }

  /**
   * @param linked null for a title that no reader found
   */
  private Named named(Mention mention, LinkedMention linked) {
    boolean isTitle = linked == null || linked.mention() != mention || isAbout(linked);
    return isTitle
        ? new Named(mention, title.ids().get(0), MentionKind.TITLE)
        : new Named(mention, linked.entity(), MentionKind.of(mention.type()));
  }

  private boolean isAbout(LinkedMention linked) {
    return title.ids().contains(linked.entity());
  }

  /** Where the title is written as whole words, with or without what qualifies it. */
  private List<Mention> titles() {
    List<Mention> found = new ArrayList<>();
    if (title.ids().isEmpty()) {
      return found;
    }
    String bare = title.surface().replaceFirst("\\s*[(（][^()（）]*[)）]\\s*$", "").strip();
    if (bare.codePoints().filter(Character::isLetter).count() < MIN_TITLE) {
      return found;
    }
    String whole = text.text();
    for (int at = whole.indexOf(bare); at >= 0; at = whole.indexOf(bare, at + bare.length())) {
      if (!isWithinWord(whole, at) && !isWithinWord(whole, at + bare.length())) {
        Span span = new Span(at, at + bare.length());
        found.add(new Mention(MentionKind.TITLE.name(), span, bare, 1));
      }
    }
    return found;
  }

  /** Whether a word of letters goes on across a position; Han characters make no such words. */
  private static boolean isWithinWord(String text, int at) {
    return at > 0
        && at < text.length()
        && isWordPart(text.codePointBefore(at))
        && isWordPart(text.codePointAt(at));
  }

  private static boolean isWordPart(int c) {
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }
}
