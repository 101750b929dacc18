package dev.baton.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.baton.graph.RawEntity.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pcollections.TreePMap;

/**
 * The graph as counts of live documents for each term, in maps that share their structure: a state
 * never changes, {@link #plus} makes the next one from it. Ids keep their own counts; aliases are
 * bound when the state is read ({@link FoldedGraph}), so that an alias comes and goes without
 * touching what it folds. As a {@link GraphView} it shows everything; {@link #within} shows what a
 * request may see.
 *
 * <p>About 50 bytes for each link and 300 for each id (docs/adr/0003-graph-view.md). Thread-safe.
 */
public final class GraphState implements GraphView {

  /** So much of the texts in which names were found last is kept with them, in UTF-16 units. */
  private static final int REMEMBERED_CHARS = 4_000_000;

  /** What a name that was found weighs, in those units. */
  private static final int FOUND_WEIGHT = 64;

  /** The graph of an empty index. */
  public static final GraphState EMPTY =
      new GraphState(
          TreePMap.empty(),
          Aliases.EMPTY,
          Differences.EMPTY,
          TreePMap.empty(),
          new Size(0, 0, 0, 0),
          new Object(),
          new KeptEdges());

  private final TreePMap<String, RawEntity> entities;
  private final Aliases aliases;
  private final Differences differences;

  /** Terms of {@link GraphTerms#DENIED} with their documents. */
  private final TreePMap<String, Integer> denied;

  private final Size size;

  /** Another one than that of the state before if aliases may fold otherwise or denials differ. */
  private final Object foldings;

  private final KeptEdges keptEdges;
  private final FoldedGraph folded;

  /** The first hits of one question are often those of another. */
  private final Cache<String, List<NameFinder.Found>> names =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_CHARS)
          .executor(Runnable::run)
          .weigher((String text, List<NameFinder.Found> found) ->
              text.length() + FOUND_WEIGHT * (1 + found.size()))
          .build();

  private GraphState(
      TreePMap<String, RawEntity> entities,
      Aliases aliases,
      Differences differences,
      TreePMap<String, Integer> denied,
      Size size,
      Object foldings,
      KeptEdges keptEdges) {
    this.entities = entities;
    this.aliases = aliases;
    this.differences = differences;
    this.denied = denied;
    this.size = size;
    this.foldings = foldings;
    this.keptEdges = keptEdges;
    this.folded = new FoldedGraph(this, null);
  }

  /** Takes the terms of a graph, each with its documents. */
  @FunctionalInterface
  public interface TermVisitor {
    /** Takes one term. */
    void visit(String field, String term, int documents);
  }

  /**
   * The state after a change. Cost by the change, times the logarithm of what is there.
   *
   * @throws IllegalStateException if a count would fall below 0, naming the term
   */
  public GraphState plus(GraphChanges changes) {
    return changes.size() == 0 ? this : new Step(this).apply(changes);
  }

  /** The state after the opposite of a change. */
  public GraphState minus(GraphChanges changes) {
    return plus(changes.negated());
  }

  /** The graph that a request may see: a term counts by its visible documents, or not at all. */
  public FoldedGraph within(Visibility visibility) {
    return new FoldedGraph(this, visibility);
  }

  /** The whole graph with all that a reader can ask of it. */
  public FoldedGraph folded() {
    return folded;
  }

  /** Visits every term with its documents, in no promised order. O(graph). */
  public void forEachTerm(TermVisitor visitor) {
    for (RawEntity entity : entities.values()) {
      String id = entity.id();
      if (entity.documents() > 0) {
        visitor.visit(GraphTerms.ENTITIES, id, entity.documents());
      }
      if (entity.about() > 0) {
        visitor.visit(GraphTerms.ABOUT, id, entity.about());
      }
      entity
          .curated()
          .forEach((type, documents) ->
              visitor.visit(GraphTerms.CURATED_AS, GraphTerms.term(id, type), documents));
      entity
          .names()
          .forEach((naming, documents) ->
              visitor.visit(
                  GraphTerms.NAMES,
                  GraphTerms.term(id, naming.type(), naming.surface()),
                  documents));
      for (Links.Cursor link = entity.links().cursor(); link.next(); ) {
        if (link.kind().isHeldBy(id, link.neighbour())) {
          visitor.visit(
              link.kind().field(), link.kind().term(id, link.neighbour()), link.documents());
        }
      }
    }
    denied.forEach((term, documents) -> visitor.visit(GraphTerms.DENIED, term, documents));
    differences.forEach((one, other, documents) ->
        visitor.visit(GraphTerms.DIFFERENT, Differences.term(one, other), documents));
    aliases
        .claims()
        .forEach((alias, of) ->
            of.forEach((entity, documents) ->
                visitor.visit(GraphTerms.ALIAS_OF, GraphTerms.term(alias, entity), documents)));
  }

  /** Whether a term speaks of an id, or it is an alias. */
  public boolean holds(String id) {
    return entities.containsKey(id) || aliases.claims().containsKey(id);
  }

  boolean isEmpty() {
    return entities.isEmpty() && aliases.claims().isEmpty();
  }

  RawEntity raw(String id) {
    return entities.get(id);
  }

  TreePMap<String, RawEntity> entities() {
    return entities;
  }

  Aliases aliases() {
    return aliases;
  }

  Differences differences() {
    return differences;
  }

  TreePMap<String, Integer> denied() {
    return denied;
  }

  Object foldings() {
    return foldings;
  }

  KeptEdges keptEdges() {
    return keptEdges;
  }

  @Override
  public Set<String> resolve(String normalizedName) {
    return folded.resolve(normalizedName);
  }

  @Override
  public Set<String> members(String id) {
    return folded.members(id);
  }

  @Override
  public int about(String id) {
    return folded.about(id);
  }

  @Override
  public Optional<Entity> entity(String id) {
    return folded.entity(id);
  }

  @Override
  public List<Edge> edges(String id, String relation, int limit) {
    return folded.edges(id, relation, limit);
  }

  @Override
  public List<Edge> edgesTo(String id, Set<String> neighbours, int limit) {
    return folded.edgesTo(id, neighbours, limit);
  }

  @Override
  public List<String> withPrefix(String prefix, int limit) {
    return folded.withPrefix(prefix, limit);
  }

  @Override
  public boolean beginsName(String prefix) {
    String id = entities.ceilingKey(prefix);
    String alias = aliases.claims().ceilingKey(prefix);
    return id != null && id.startsWith(prefix) || alias != null && alias.startsWith(prefix);
  }

  @Override
  public List<NameFinder.Found> names(String text) {
    return names.get(text, unknown -> List.copyOf(new NameFinder(this).find(unknown)));
  }

  /**
   * Triples and co-occurrences are counted as written, before aliases fold, denied ones too. O(1).
   */
  @Override
  public Size size() {
    return size;
  }

  /** One change on its way from a state to the next. */
  private static final class Step {
    private final GraphState from;
    private final Set<String> touched = new HashSet<>();
    private TreePMap<String, RawEntity> entities;
    private Aliases aliases;
    private Differences differences;
    private TreePMap<String, Integer> denied;
    private int triples;
    private int cooccurrences;

    /** Whether an id that is or has an alias is curated now and was not, or the other way round. */
    private boolean recurated;

    Step(GraphState from) {
      this.from = from;
      this.entities = from.entities;
      this.aliases = from.aliases;
      this.differences = from.differences;
      this.denied = from.denied;
      this.triples = from.size.triples();
      this.cooccurrences = from.size.cooccurrences();
    }

    GraphState apply(GraphChanges changes) {
      changeEntities(RawChange.byId(changes, from.entities::get));
      changes
          .of(GraphTerms.ALIAS_OF)
          .forEach((term, change) -> {
            String[] parts = GraphTerms.parts(term, 2);
            changeAlias(parts[0], parts[1], change);
          });
      changes
          .of(GraphTerms.DENIED)
          .forEach((term, change) -> denied = Counts.plus(denied, term, change, () -> term));
      changes
          .of(GraphTerms.DIFFERENT)
          .forEach((term, change) -> {
            String[] parts = GraphTerms.parts(term, 2);
            differences = differences.plus(parts[0], parts[1], change);
            touched.addAll(List.of(parts));
          });
      Folding was = from.folded.folding();
      Folding is =
          Folding.of(
              aliases,
              differences,
              (one, other) -> true,
              (alias, entity) -> true,
              id -> isCurated(entities.get(id)));
      touched.addAll(is.apartUnlike(was));
      // the ids whose folding may differ: what came or went, and whatever leads to it
      Set<String> affected = new HashSet<>();
      for (String id : touched) {
        if (!from.aliases.concern(id) && !aliases.concern(id)) {
          continue;
        }
        affected.addAll(from.aliases.leadingTo(id));
        affected.addAll(aliases.leadingTo(id));
      }
      int[] before = folded(was, from.entities, affected);
      int[] after = folded(is, entities, affected);
      int foldedEntities = from.entities.size() - from.size.entities() + after[0] - before[0];
      Size size =
          new Size(
              entities.size() - foldedEntities,
              from.size.aliases() + after[1] - before[1],
              triples,
              cooccurrences);
      boolean foldsAlike =
          aliases == from.aliases
              && differences == from.differences
              && denied == from.denied
              && !recurated;
      return new GraphState(
          entities,
          aliases,
          differences,
          denied,
          size,
          foldsAlike ? from.foldings : new Object(),
          from.entities.isEmpty() ? new KeptEdges() : from.keptEdges);
    }

    private void changeEntities(Map<String, RawChange> changes) {
      boolean first = from.entities.isEmpty();
      TreeMap<String, RawEntity> sorted = new TreeMap<>();
      changes.forEach((id, change) -> {
        RawEntity after = apply(change);
        if (first) {
          sorted.put(id, after);
        } else {
          entities = after.isEmpty() ? entities.minus(id) : entities.plus(id, after);
        }
      });
      if (first) {
        entities = TreePMap.fromSortedMap(sorted);
      }
    }

    private RawEntity apply(RawChange change) {
      String id = change.id;
      RawEntity before = change.before;
      RawEntity after = change.after();
      for (Links.Change link : change.links) {
        if (link.kind().isHeldBy(id, link.neighbour())) {
          int was = before == null ? 0 : before.links().documents(link.kind(), link.neighbour());
          int more = (was + link.documents() > 0 ? 1 : 0) - (was > 0 ? 1 : 0);
          if (link.kind().direction() == Direction.BOTH) {
            cooccurrences += more;
          } else {
            triples += more;
          }
        }
      }
      if ((before == null) != after.isEmpty()) {
        touched.add(id);
      }
      if (isCurated(before) != isCurated(after)) {
        touched.add(id);
        recurated |= from.aliases.concern(id);
      }
      return after;
    }

    private void changeAlias(String alias, String entity, int change) {
      aliases = aliases.plus(alias, entity, change);
      touched.add(alias);
    }

    private static boolean isCurated(RawEntity entity) {
      return entity != null && !entity.curated().isEmpty();
    }

    /** How many of the ids fold into another: with terms of their own, and altogether. */
    private static int[] folded(
        Folding folding, TreePMap<String, RawEntity> entities, Set<String> ids) {
      int[] folded = new int[2];
      for (String id : ids) {
        if (!folding.canonical(id).equals(id)) {
          folded[0] += entities.containsKey(id) ? 1 : 0;
          folded[1]++;
        }
      }
      return folded;
    }
  }
}
