package dev.baton.extraction;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.NameFinder;
import dev.baton.graph.Standing;
import dev.baton.text.EntityName;
import dev.baton.text.Mention;
import dev.baton.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognises the names of the graph in a document, and joins them with what the models found there.
 * Where a name of the graph and a mention of a model overlap:
 *
 * <ol>
 *   <li>a title in 《》 or 〈〉 stays as it is;
 *   <li>of two spans where one contains the other the longer stays; a name that only texts have
 *       taught never replaces a mention;
 *   <li>of the same span there is one mention: a date or a quantity stays, else it is of the
 *       curated type if there is one, or of the model's, and of the higher confidence;
 *   <li>a name that cuts through a mention is dropped: the model has seen the sentence, the name
 *       has not.
 * </ol>
 *
 * <p>An English name of one word of up to {@value #EXACT_CASE} letters counts only as it is written
 * somewhere: "IT" is not found in "It". What a learned name is, see {@link #isReliable}. The
 * measurements are in docs/adr/0009-linking.md. Immutable and thread-safe; about linear in the
 * text.
 */
public final class Gazetteer {

  /** Which names of the graph are recognised. */
  public enum Names {
    /** Those of curated entities. */
    CURATED,
    /** Those too that texts taught, where they are reliable. */
    ALL,
    /** None. */
    NONE
  }

  /** Confidence of a curated name that no model found. */
  static final double CURATED_CONFIDENCE = 0.9;

  /** Confidence of a learned name, times the share of its type. */
  static final double LEARNED_CONFIDENCE = 0.8;

  /** Documents that must have a name before it is looked for in others. */
  static final int MIN_DOCUMENTS = 3;

  /** Share of these that must agree on its type. */
  static final double MIN_AGREEMENT = 0.8;

  /** Least length of a learned Chinese name: shorter ones are parts of words too often. */
  static final int MIN_LEARNED_HAN = 3;

  private static final int EXACT_CASE = 4;

  private final FoldedGraph graph;
  private final Names names;
  private final NameFinder finder;

  /** A gazetteer of the names of a graph. */
  public Gazetteer(FoldedGraph graph, Names names) {
    this.graph = graph;
    this.names = names;
    this.finder =
        NameFinder.inDocuments(
            graph,
            name -> {
              Standing standing = graph.standing(name);
              return standing.curated() || (names == Names.ALL && isReliable(name, standing));
            });
  }

  /**
   * Whether a name that no curated document has is recognised: {@value #MIN_DOCUMENTS} documents
   * mention it, {@value #MIN_AGREEMENT} of them as the same type, and it is not short: of one
   * English word, or of fewer than {@value #MIN_LEARNED_HAN} Chinese characters.
   */
  static boolean isReliable(String name, Standing standing) {
    int documents = standing.read().values().stream().mapToInt(Integer::intValue).sum();
    int agreeing = standing.read().values().stream().mapToInt(Integer::intValue).max().orElse(0);
    boolean isShort =
        Character.isIdeographic(name.codePointAt(0))
            ? name.codePointCount(0, name.length()) < MIN_LEARNED_HAN
            : name.indexOf(' ') < 0;
    return documents >= MIN_DOCUMENTS && agreeing >= MIN_AGREEMENT * documents && !isShort;
  }

  /**
   * The mentions of a document.
   *
   * @param read what the models found, in the order of their spans, none overlapping another
   * @return in that order, none overlapping another
   */
  public List<Mention> merge(String text, List<Mention> read) {
    if (names == Names.NONE) {
      return read;
    }
    List<Mention> merged = new ArrayList<>();
    int next = 0;
    for (NameFinder.Found found : finder.find(text)) {
      Span span = found.span();
      while (next < read.size() && read.get(next).span().end() <= span.start()) {
        merged.add(read.get(next++));
      }
      int end = next;
      while (end < read.size() && read.get(end).span().start() < span.end()) {
        end++;
      }
      Name name = new Name(found, graph);
      if (isWrittenAsKnown(found, name) && wins(text, name, read.subList(next, end))) {
        merged.add(name.mention(read.subList(next, end)));
        next = end;
      }
    }
    merged.addAll(read.subList(next, read.size()));
    merged.sort(Comparator.comparingInt(mention -> mention.span().start()));
    return merged;
  }

  /** A name at its place, and what the graph says of it. */
  private record Name(Span span, String surface, Standing standing, Set<String> types) {

    Name(NameFinder.Found found, FoldedGraph graph) {
      this(
          found.span(),
          found.surface(),
          graph.standing(EntityName.normalize(found.surface())),
          found.entities().stream().map(graph::type).collect(Collectors.toSet()));
    }

    /** The type of all entities that bear the name; untyped where they differ. */
    String type() {
      return types.size() == 1 ? types.iterator().next() : GraphTerms.UNTYPED;
    }

    double confidence() {
      if (standing.curated()) {
        return CURATED_CONFIDENCE;
      }
      Map<String, Integer> read = standing.read();
      double documents = read.values().stream().mapToInt(Integer::intValue).sum();
      return LEARNED_CONFIDENCE * read.getOrDefault(type(), 1) / Math.max(1, documents);
    }

    /** The mention that takes the place of others. */
    Mention mention(List<Mention> replaced) {
      String type = type();
      double confidence = confidence();
      if (replaced.size() == 1 && replaced.get(0).span().equals(span)) {
        Mention same = replaced.get(0);
        confidence = Math.max(confidence, same.confidence());
        type = type.equals(GraphTerms.UNTYPED) ? same.type() : type;
      }
      return new Mention(type, span, surface, confidence);
    }
  }

  private static boolean wins(String text, Name name, List<Mention> overlapping) {
    return overlapping.isEmpty()
        || name.standing().curated()
            && overlapping.stream()
                .allMatch(mention ->
                    name.span().contains(mention.span())
                        && !isBracketed(text, mention.span())
                        && !(mention.value().isPresent() && mention.span().equals(name.span())));
  }

  private static boolean isBracketed(String text, Span span) {
    return span.start() > 0
        && span.end() < text.length()
        && "《〈".indexOf(text.charAt(span.start() - 1)) >= 0
        && "》〉".indexOf(text.charAt(span.end())) >= 0;
  }

  private static boolean isWrittenAsKnown(NameFinder.Found found, Name name) {
    String surface = found.surface();
    Set<String> known = name.standing().surfaces();
    return surface.length() > EXACT_CASE
        || Character.isIdeographic(surface.codePointAt(0))
        || known.isEmpty()
        || known.contains(surface);
  }
}
