package dev.baton.extraction;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.text.BareName;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import dev.baton.text.Mention;
import dev.baton.text.NormalizedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links the mentions of a document to entities. A name that one entity bears, or none, is linked by
 * the name alone, and aliases are left to the view. Where several bear it, the document decides,
 * for all mentions of the name at once: what else it names, against what the graph relates to each
 * candidate; its vector, against their descriptions; the type; and how many documents each has.
 * Where the evidence for none of them outweighs its absence, the mention keeps the plain name,
 * which means none of them. The score of a candidate is a sum by {@link LinkWeights}, as is that of
 * "none"; the confidence is the softmax over all. Immutable and thread-safe; costs nothing but a
 * look-up for names with one bearer.
 */
public final class Linker {

  /** Entities that may bear one name; of more, those with most documents count. */
  static final int MAX_CANDIDATES = 16;

  /** Relations of a candidate that are looked at, the strongest. */
  private static final int MAX_NEIGHBOURS = 256;

  /** What a co-occurrence counts against a triple. */
  private static final double COOCCURRENCE = 0.4;

  private static final Pattern QUALIFIED = Pattern.compile(".*\\S\\s*\\(([^()]+)\\)");

  private final Knowledge knowledge;
  private final FoldedGraph graph;
  private final LinkWeights weights;

  /** A linker by what is known now. */
  public Linker(Knowledge knowledge) {
    this(knowledge, LinkWeights.DEFAULT);
  }

  Linker(Knowledge knowledge, LinkWeights weights) {
    this.knowledge = knowledge;
    this.graph = knowledge.graph();
    this.weights = weights;
  }

  /** Links by names alone, where nothing is known. */
  public static List<LinkedMention> byName(List<Mention> mentions) {
    return mentions.stream().map(LinkedMention::byName).toList();
  }

  /**
   * Links the mentions of one document.
   *
   * @param about ids that the document is about
   * @param embedding unit vector of the document; null where it has none
   */
  public List<LinkedMention> link(
      String text,
      Language language,
      List<String> about,
      List<Mention> mentions,
      float[] embedding) {
    List<String> names = mentions.stream().map(this::name).toList();
    Map<String, Set<String>> candidates = new LinkedHashMap<>();
    names.stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> candidates.computeIfAbsent(name, this::candidates));
    if (candidates.values().stream().allMatch(bearers -> bearers.size() < 2)) {
      return linked(mentions, names, Map.of());
    }
    Map<String, Set<String>> context = new LinkedHashMap<>(candidates);
    about.forEach(id -> context.put(id, graph.resolve(id)));
    Document document = new Document(NormalizedText.of(text).text(), language, context, embedding);
    Map<String, Choice> choices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (candidates.getOrDefault(name, Set.of()).size() > 1 && !choices.containsKey(name)) {
        Set<String> types = new TreeSet<>();
        for (int j = i; j < names.size(); j++) {
          if (names.get(j).equals(name)) {
            types.add(mentions.get(j).type());
          }
        }
        choices.put(name, choose(name, types, candidates.get(name), document));
      }
    }
    return linked(mentions, names, choices);
  }

  private record Document(
      String normalized, Language language, Map<String, Set<String>> names, float[] embedding) {}

  /** An entity, or empty for none of the candidates. */
  private record Choice(Optional<String> entity, double confidence) {}

  /** The name as it is curated, else its bare form; empty for a date or a quantity. */
  private String name(Mention mention) {
    if (mention.value().isPresent()) {
      return "";
    }
    String name = EntityName.normalize(mention.surface());
    return graph.standing(name).curated() ? name : BareName.of(mention.type(), name);
  }

  private Set<String> candidates(String name) {
    Set<String> bearers = new TreeSet<>(graph.resolve(name));
    if (bearers.size() > 1 && !graph.isCurated(name)) {
      // what texts alone call so is no entity beside those that bear the name
      bearers.remove(name);
    }
    if (bearers.size() <= MAX_CANDIDATES) {
      return bearers;
    }
    return new TreeSet<>(
        bearers.stream()
            .sorted(
                Comparator.comparingInt(graph::documents)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MAX_CANDIDATES)
            .toList());
  }

  private List<LinkedMention> linked(
      List<Mention> mentions, List<String> names, Map<String, Choice> choices) {
    List<LinkedMention> linked = new ArrayList<>(mentions.size());
    for (int i = 0; i < mentions.size(); i++) {
      Mention mention = mentions.get(i);
      Choice choice = choices.get(names.get(i));
      if (choice == null) {
        linked.add(new LinkedMention(mention, names.get(i), OptionalDouble.empty()));
      } else if (choice.entity().isEmpty()) {
        linked.add(new LinkedMention(mention, names.get(i), OptionalDouble.of(0)));
      } else {
        String entity = choice.entity().get();
        linked.add(
            new LinkedMention(
                typed(mention, entity), entity, OptionalDouble.of(choice.confidence())));
      }
    }
    return linked;
  }

  /** A mention that had no type takes that of its entity. */
  private Mention typed(Mention mention, String entity) {
    return mention.type().equals(GraphTerms.UNTYPED)
        ? new Mention(graph.type(entity), mention.span(), mention.surface(), mention.confidence())
        : mention;
  }

  private Choice choose(String name, Set<String> types, Set<String> candidates, Document document) {
    double allDocuments = 0;
    for (String candidate : candidates) {
      allDocuments += 1 + graph.documents(candidate);
    }
    double sum = Math.exp(weights.none());
    double best = weights.none();
    Optional<String> chosen = Optional.empty();
    for (String candidate : candidates) {
      double prior = Math.log((1 + graph.documents(candidate)) / allDocuments * candidates.size());
      double score =
          evidence(name, candidate, document)
              + weights.type() * typeAgreement(types, graph.type(candidate))
              + weights.prior() * prior;
      sum += Math.exp(score);
      if (score > best) {
        best = score;
        chosen = Optional.of(candidate);
      }
    }
    return new Choice(chosen, Math.exp(best) / sum);
  }

  private double evidence(String name, String candidate, Document document) {
    return weights.named() * named(name, candidate, document)
        + weights.qualifier() * qualifier(candidate, document)
        + weights.neighbours() * neighbours(name, candidate, document)
        + weights.description() * description(candidate, document);
  }

  /** 1 where another name of the document means the candidate and nothing else. */
  private double named(String name, String candidate, Document document) {
    return document.names().entrySet().stream()
            .anyMatch(
                entry -> !entry.getKey().equals(name) && entry.getValue().equals(Set.of(candidate)))
        ? 1
        : 0;
  }

  /** 1 where the document has what stands in parentheses in the candidate's id. */
  private static double qualifier(String candidate, Document document) {
    Matcher qualified = QUALIFIED.matcher(candidate);
    return qualified.matches() && document.normalized().contains(qualified.group(1)) ? 1 : 0;
  }

  /** How many neighbours of the candidate the document names, as a share in [0, 1). */
  private double neighbours(String name, String candidate, Document document) {
    Map<String, Double> related = new HashMap<>();
    for (GraphView.Edge edge : graph.edges(candidate, null, MAX_NEIGHBOURS)) {
      double weight = edge.relation().equals(GraphView.COOCCURS) ? COOCCURRENCE : 1;
      related.merge(edge.neighbour(), weight, Math::max);
    }
    double found = 0;
    for (Map.Entry<String, Set<String>> entry : document.names().entrySet()) {
      if (!entry.getKey().equals(name)) {
        Set<String> bearers = entry.getValue();
        double named = 0;
        for (String bearer : bearers) {
          named += related.getOrDefault(bearer, 0.0) / bearers.size();
        }
        found += named;
      }
    }
    return 1 - Math.exp(-found);
  }

  /** In units of 0.1 of cosine; 0 where nothing can be compared. */
  private double description(String candidate, Document document) {
    if (document.embedding() == null) {
      return 0;
    }
    return knowledge
        .description(candidate, document.language())
        .map(vector -> (cosine(vector, document.embedding()) - weights.cosineFloor()) * 10)
        .orElse(0.0);
  }

  private static double typeAgreement(Set<String> types, String type) {
    Set<String> known = new TreeSet<>(types);
    known.remove(GraphTerms.UNTYPED);
    if (known.isEmpty() || type.equals(GraphTerms.UNTYPED)) {
      return 0;
    }
    return known.contains(type) ? 1 : -1;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
