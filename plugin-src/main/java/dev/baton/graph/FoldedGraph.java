package dev.baton.graph;

import dev.baton.graph.RawEntity.Direction;
import dev.baton.graph.RawEntity.Kind;
import dev.baton.graph.RawEntity.Naming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * A {@link GraphState} as a reader sees it: aliases folded into their entities, and, where a {@link
 * Visibility} is given, only what visible documents support, the aliases included. Counts of folded
 * ids are sums over their terms, so a document that names both an entity and its alias counts twice
 * in them. What folding turns into a relation of an entity with itself is left out. Without a
 * visibility thread-safe, with one used by one thread, and each term read costs a look into the
 * index.
 */
public final class FoldedGraph implements GraphView {

  private static final Comparator<Edge> STRONGEST_FIRST =
      Comparator.comparingInt(Edge::weight)
          .reversed()
          .thenComparing(Edge::relation)
          .thenComparing(Edge::neighbour)
          .thenComparing(edge -> !edge.outgoing());

  private final GraphState state;
  private final Visibility visibility;

  /** Null until it is asked for. */
  private volatile Folding folding;

  /** The triples that curators deny, between canonical ids; null until they are asked for. */
  private volatile Set<Triple> denied;

  FoldedGraph(GraphState state, Visibility visibility) {
    this.state = state;
    this.visibility = visibility;
  }

  /** Made when it is first asked for, as each pair of different ids costs. */
  Folding folding() {
    Folding known = folding;
    if (known == null) {
      known =
          Folding.of(
              state.aliases(),
              state.differences(),
              (one, other) -> documents(GraphTerms.DIFFERENT, Differences.term(one, other), 1) > 0,
              (alias, entity) ->
                  documents(GraphTerms.ALIAS_OF, GraphTerms.term(alias, entity), 1) > 0,
              this::isCurated);
      folding = known;
    }
    return known;
  }

  /** A term and the field that holds it. */
  public record FieldTerm(String field, String term) {}

  @Override
  public Set<String> resolve(String normalizedName) {
    Set<String> meant = new TreeSet<>();
    for (String end : folding().ends(normalizedName)) {
      if (!end.equals(normalizedName)) {
        meant.add(end);
      }
    }
    if (folding().canonical(normalizedName).equals(normalizedName) && exists(normalizedName)) {
      meant.add(normalizedName);
    }
    return meant;
  }

  @Override
  public Set<String> members(String id) {
    return folding().members(id);
  }

  /** The id that an id folds into, itself where it folds into none. */
  public String canonical(String id) {
    return folding().canonical(id);
  }

  /** Whether a document states a triple, whatever names of both ends it uses. */
  public boolean states(Triple triple) {
    return folding().canonical(triple.subject()).equals(triple.subject())
        && folding().canonical(triple.object()).equals(triple.object())
        && !isDenied(triple)
        && terms(triple).stream().anyMatch(term -> documents(term.field(), term.term(), 1) > 0);
  }

  /** Whether a document that says so makes a triple a relation: of two entities, and not denied. */
  public boolean counts(Triple written) {
    String subject = folding().canonical(written.subject());
    String object = folding().canonical(written.object());
    return !subject.equals(object) && !isDenied(new Triple(subject, written.relation(), object));
  }

  /** The terms that state a triple, over the members of both ends; some may be invisible. */
  public List<FieldTerm> terms(Triple triple) {
    return terms(triple.subject(), new Edge(triple.relation(), triple.object(), true, 0)).stream()
        .filter(term -> term.field().equals(GraphTerms.TRIPLES))
        .toList();
  }

  /** The terms that say that an entity is of a type, over its members. */
  public List<FieldTerm> typeTerms(String id, String type) {
    List<FieldTerm> terms = new ArrayList<>();
    for (RawEntity raw : rawMembers(id)) {
      if (raw.curated().containsKey(type)) {
        terms.add(new FieldTerm(GraphTerms.CURATED_AS, GraphTerms.term(raw.id(), type)));
      }
      for (Naming naming : raw.names().keySet()) {
        if (naming.type().equals(type)) {
          terms.add(
              new FieldTerm(GraphTerms.NAMES, GraphTerms.term(raw.id(), type, naming.surface())));
        }
      }
    }
    return terms;
  }

  @Override
  public int about(String id) {
    int sum = 0;
    for (RawEntity raw : rawMembers(id)) {
      sum += documents(GraphTerms.ABOUT, raw.id(), raw.about());
    }
    return sum;
  }

  @Override
  public Optional<Entity> entity(String id) {
    if (!folding().canonical(id).equals(id) || !exists(id)) {
      return Optional.empty();
    }
    Map<String, Integer> types = new TreeMap<>();
    Map<String, Integer> names = new TreeMap<>();
    Set<String> members = folding().members(id);
    for (String member : members) {
      RawEntity raw = state.raw(member);
      if (raw != null) {
        raw.names()
            .forEach((naming, stored) -> {
              int documents = documents(raw, naming, stored);
              if (documents > 0) {
                types.merge(naming.type(), documents, Integer::sum);
                names.merge(naming.surface(), documents, Integer::sum);
              }
            });
      }
    }
    return Optional.of(new Entity(id, types, names, members));
  }

  /**
   * The type of an entity: what most curated documents say, else most documents that mention it;
   * {@link GraphTerms#UNTYPED} where nobody says.
   *
   * @param id a canonical id
   */
  public String type(String id) {
    Map<String, Integer> curated = new TreeMap<>();
    Map<String, Integer> read = new TreeMap<>();
    for (String member : folding().members(id)) {
      RawEntity raw = state.raw(member);
      if (raw != null) {
        curatedTypes(raw)
            .forEach((type, documents) -> curated.merge(type, documents, Integer::sum));
        raw.names()
            .forEach((naming, stored) ->
                read.merge(naming.type(), documents(raw, naming, stored), Integer::sum));
      }
    }
    return most(curated).or(() -> most(read)).orElse(GraphTerms.UNTYPED);
  }

  /**
   * All types that some document says an entity to be of; that of a title and of what nobody typed
   * are none.
   *
   * @param id a canonical id
   */
  public Set<String> types(String id) {
    Set<String> types = new TreeSet<>();
    for (RawEntity raw : ownMembers(id)) {
      types.addAll(curatedTypes(raw).keySet());
      raw.names()
          .forEach((naming, stored) -> {
            if (!types.contains(naming.type()) && documents(raw, naming, stored) > 0) {
              types.add(naming.type());
            }
          });
    }
    types.remove(GraphTerms.TITLE_TYPE);
    types.remove(GraphTerms.UNTYPED);
    return types;
  }

  private static Optional<String> most(Map<String, Integer> types) {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .filter(entry -> !entry.getKey().equals(GraphTerms.TITLE_TYPE))
        .filter(entry -> !entry.getKey().equals(GraphTerms.UNTYPED))
        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }

  /** How a name is known, of all documents that this reader may see. */
  public Standing standing(String normalizedName) {
    RawEntity raw = state.raw(normalizedName);
    boolean alias =
        state.aliases().claims().getOrDefault(normalizedName, TreePMap.empty()).keySet().stream()
            .anyMatch(entity ->
                documents(GraphTerms.ALIAS_OF, GraphTerms.term(normalizedName, entity), 1) > 0);
    Map<String, Integer> read = new TreeMap<>();
    Set<String> surfaces = new TreeSet<>();
    if (raw != null) {
      raw.names()
          .forEach((naming, stored) -> {
            int documents = documents(raw, naming, stored);
            if (documents > 0) {
              surfaces.add(naming.surface());
              if (!naming.type().equals(GraphTerms.TITLE_TYPE)
                  && !naming.type().equals(GraphTerms.UNTYPED)) {
                read.merge(naming.type(), documents, Integer::sum);
              }
            }
          });
    }
    return new Standing(alias || isCurated(normalizedName), read, surfaces);
  }

  /** Documents that mention an entity, summed over its members. */
  public int documents(String id) {
    int sum = 0;
    for (RawEntity raw : rawMembers(id)) {
      sum += documents(GraphTerms.ENTITIES, raw.id(), raw.documents());
    }
    return sum;
  }

  @Override
  public List<Edge> edges(String id, String relation, int limit) {
    List<RawEntity> members = limit <= 0 ? List.of() : ownMembers(id);
    if (visibility != null
        || relation != null
        || limit > KeptEdges.MOST
        || members.isEmpty()
        || !members.get(0).id().equals(id)) {
      return read(id, members, relation, neighbour -> true, limit);
    }
    List<Edge> strongest =
        state
            .keptEdges()
            .of(
                members.get(0),
                members.subList(1, members.size()),
                state.foldings(),
                () -> read(id, members, null, neighbour -> true, KeptEdges.MOST));
    return strongest.subList(0, Math.min(limit, strongest.size()));
  }

  /** {@inheritDoc} O(relations of the entity); a visibility is asked of those alone. */
  @Override
  public List<Edge> edgesTo(String id, Set<String> neighbours, int limit) {
    return limit <= 0 ? List.of() : read(id, ownMembers(id), null, neighbours::contains, limit);
  }

  /** The same; nothing of an id that folds into another. */
  private List<RawEntity> ownMembers(String id) {
    return folding().canonical(id).equals(id) ? rawMembers(id) : List.of();
  }

  /** What is said of the members of an id, itself first. */
  private List<RawEntity> rawMembers(String id) {
    List<RawEntity> members = new ArrayList<>();
    for (String member : folding().members(id)) {
      RawEntity raw = state.raw(member);
      if (raw != null) {
        members.add(raw);
      }
    }
    return members;
  }

  private List<Edge> read(
      String id,
      List<RawEntity> members,
      String relation,
      Predicate<String> neighbours,
      int limit) {
    Strongest strongest = new Strongest(limit);
    Map<Edge, Integer> merged = new HashMap<>();
    for (RawEntity raw : members) {
      Links links = raw.links();
      for (Links.Cursor link = relation == null ? links.cursor() : links.cursor(relation);
          link.next(); ) {
        boolean concerned = state.aliases().concern(link.neighbour());
        String neighbour = concerned ? folding().canonical(link.neighbour()) : link.neighbour();
        if (neighbour.equals(id) || !neighbours.test(neighbour)) {
          continue;
        }
        int weight = documents(raw, link);
        if (weight == 0) {
          continue;
        }
        String kind = link.kind().relation();
        boolean outgoing = link.kind().direction() != Direction.IN;
        if (members.size() == 1 && !concerned) {
          strongest.add(kind, neighbour, outgoing, weight);
        } else {
          merged.merge(new Edge(kind, neighbour, outgoing, 0), weight, Integer::sum);
        }
      }
    }
    merged.forEach((edge, weight) ->
        strongest.add(edge.relation(), edge.neighbour(), edge.outgoing(), weight));
    return strongest.sorted();
  }

  /** The terms that say an edge of an entity, over the members of both ends. */
  public List<FieldTerm> terms(String id, Edge edge) {
    List<FieldTerm> terms = new ArrayList<>();
    Set<String> neighbours = folding().members(edge.neighbour());
    for (RawEntity raw : rawMembers(id)) {
      for (String neighbour : neighbours) {
        for (Direction direction : Direction.values()) {
          Kind kind = new Kind(edge.relation(), direction);
          if ((direction != Direction.IN) == edge.outgoing()
              && raw.links().documents(kind, neighbour) > 0) {
            terms.add(new FieldTerm(kind.field(), kind.term(raw.id(), neighbour)));
          }
        }
      }
    }
    return terms;
  }

  /**
   * {@inheritDoc}
   *
   * <p>O(limit) and all aliases that begin so.
   */
  @Override
  public List<String> withPrefix(String prefix, int limit) {
    SortedSet<String> found = new TreeSet<>();
    int own = 0;
    for (String id : state.entities().tailMap(prefix).keySet()) {
      if (own >= limit || !id.startsWith(prefix)) {
        break;
      }
      if (folding().canonical(id).equals(id) && exists(id)) {
        found.add(id);
        own++;
      }
    }
    for (String alias : state.aliases().claims().tailMap(prefix).keySet()) {
      if (!alias.startsWith(prefix)) {
        break;
      }
      found.addAll(resolve(alias));
    }
    return found.stream().limit(Math.max(limit, 0)).toList();
  }

  @Override
  public boolean beginsName(String prefix) {
    return state.beginsName(prefix);
  }

  /** {@inheritDoc} O(1) without a visibility, else O(graph). */
  @Override
  public Size size() {
    return visibility == null ? state.size() : visible().size();
  }

  /** The canonical ids in order. */
  public Iterable<String> ids() {
    return () ->
        state.entities().keySet().stream()
            .filter(id -> folding().canonical(id).equals(id) && exists(id))
            .iterator();
  }

  private GraphState visible() {
    GraphChanges changes = new GraphChanges();
    state.forEachTerm((field, term, stored) -> {
      int documents = documents(field, term, stored);
      if (documents > 0) {
        changes.add(field, term, documents);
      }
    });
    return GraphState.EMPTY.plus(changes);
  }

  /** Whether a visible term speaks of an id; an alias with no terms of its own is no entity. */
  private boolean exists(String id) {
    RawEntity raw = state.raw(id);
    if (raw == null) {
      return false;
    }
    return visibility == null
        || documents(GraphTerms.ENTITIES, id, raw.documents()) > 0
        || documents(GraphTerms.ABOUT, id, raw.about()) > 0
        || isCurated(id)
        || raw.names().entrySet().stream()
            .anyMatch(entry -> documents(raw, entry.getKey(), entry.getValue()) > 0)
        || isLinked(raw)
        || state.aliases().aliases().getOrDefault(id, TreePSet.empty()).stream()
            .anyMatch(alias -> documents(GraphTerms.ALIAS_OF, GraphTerms.term(alias, id), 1) > 0);
  }

  /** Whether a visible curated document says that there is this entity. */
  public boolean isCurated(String id) {
    RawEntity raw = state.raw(id);
    return raw != null && !curatedTypes(raw).isEmpty();
  }

  private Map<String, Integer> curatedTypes(RawEntity raw) {
    if (visibility == null) {
      return raw.curated();
    }
    Map<String, Integer> types = new TreeMap<>();
    raw.curated()
        .forEach((type, stored) -> {
          int documents = documents(GraphTerms.CURATED_AS, GraphTerms.term(raw.id(), type), stored);
          if (documents > 0) {
            types.put(type, documents);
          }
        });
    return types;
  }

  private int documents(RawEntity raw, Naming naming, int stored) {
    return visibility == null
        ? stored
        : visibility.documents(
            GraphTerms.NAMES, GraphTerms.term(raw.id(), naming.type(), naming.surface()));
  }

  /** None for a triple that a curator denies. */
  private int documents(RawEntity raw, Links.Cursor link) {
    return isDenied(raw.id(), link) ? 0 : saying(raw, link);
  }

  private int saying(RawEntity raw, Links.Cursor link) {
    return visibility == null
        ? link.documents()
        : visibility.documents(link.kind().field(), link.kind().term(raw.id(), link.neighbour()));
  }

  private boolean isLinked(RawEntity raw) {
    for (Links.Cursor link = raw.links().cursor(); link.next(); ) {
      if (saying(raw, link) > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isDenied(String id, Links.Cursor link) {
    Direction direction = link.kind().direction();
    if (state.denied().isEmpty() || direction == Direction.BOTH) {
      return false;
    }
    String canonical = folding().canonical(id);
    String neighbour = folding().canonical(link.neighbour());
    String relation = link.kind().relation();
    return isDenied(
        direction == Direction.OUT
            ? new Triple(canonical, relation, neighbour)
            : new Triple(neighbour, relation, canonical));
  }

  /** Whether a curator denies a triple between canonical ids. */
  private boolean isDenied(Triple triple) {
    return !state.denied().isEmpty() && denied().contains(triple);
  }

  private Set<Triple> denied() {
    Set<Triple> known = denied;
    if (known == null) {
      known = new HashSet<>();
      for (Map.Entry<String, Integer> entry : state.denied().entrySet()) {
        if (documents(GraphTerms.DENIED, entry.getKey(), entry.getValue()) > 0) {
          String[] parts = GraphTerms.parts(entry.getKey(), 3);
          known.add(
              new Triple(folding().canonical(parts[0]), parts[1], folding().canonical(parts[2])));
        }
      }
      denied = known;
    }
    return known;
  }

  private int documents(String field, String term, int stored) {
    return visibility == null || stored == 0 ? stored : visibility.documents(field, term);
  }

  /** Keeps the strongest edges of those it is given, and up to as many more for a while. */
  private static final class Strongest {
    private final int limit;
    private List<Edge> edges = new ArrayList<>();

    /** What weighs less is not among them. */
    private int least;

    Strongest(int limit) {
      this.limit = limit;
    }

    void add(String relation, String neighbour, boolean outgoing, int weight) {
      if (weight >= least) {
        edges.add(new Edge(relation, neighbour, outgoing, weight));
        if (edges.size() >= 2L * limit) {
          edges = sorted();
          least = edges.get(limit - 1).weight();
        }
      }
    }

    List<Edge> sorted() {
      edges.sort(STRONGEST_FIRST);
      return new ArrayList<>(edges.subList(0, Math.min(limit, edges.size())));
    }
  }
}
