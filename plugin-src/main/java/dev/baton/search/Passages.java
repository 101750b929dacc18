package dev.baton.search;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;

/**
 * How the passages of long documents stand in the index: as nested documents of {@code
 * kind:passage} in the block of their document, which says in {@value #COUNT} how many they are. A
 * passage therefore belongs to the first document behind it that has this field, whatever other
 * nested documents stand in the block, and blocks without passages are not looked at.
 */
public final class Passages {

  /** Says what a document is. */
  public static final String KIND_FIELD = "kind";

  /** What a passage is. */
  public static final String KIND = "passage";

  /** Of a document with passages: how many. An integer with docValues. */
  public static final String COUNT = "passage_count";

  /** Which passage of its document it is, from 0. Stored, as those that follow. */
  public static final String NUMBER = "passage_number";

  /** The field in which it lies. */
  public static final String FIELD = "passage_field";

  /** Which value of that field, from 0. */
  public static final String VALUE = "passage_value";

  /** Where it begins in that value, in UTF-16 units. */
  public static final String START = "passage_start";

  /** Where it ends. */
  public static final String END = "passage_end";

  /** All passages. */
  public static final Query ALL = new TermQuery(new Term(KIND_FIELD, KIND));

  /** All documents with passages. */
  public static final Query PARENTS = new FieldExistsQuery(COUNT);

  /** Keeps the documents with passages of each segment, a bit or less for each document. */
  static final BitSetProducer PARENT_BITS = new QueryBitSetProducer(PARENTS);

  /**
   * Where a passage lies in its document.
   *
   * @param number which passage of the document, from 0
   * @param value which value of the field, from 0
   * @param start in the stored value, in UTF-16 units
   */
  public record Place(int number, String field, int value, int start, int end) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "passage %d, %s%s [%d, %d)",
          number,
          field,
          value == 0 ? "" : " value " + value,
          start,
          end);
    }
  }

  private Passages() {}

  /** The passages of some documents; of those without passages there are none. */
  public static Query of(Query documents) {
    Query parents =
        new BooleanQuery.Builder().add(documents, Occur.FILTER).add(PARENTS, Occur.FILTER).build();
    return new BooleanQuery.Builder()
        .add(new ToChildBlockJoinQuery(parents, PARENT_BITS), Occur.FILTER)
        .add(ALL, Occur.FILTER)
        .build();
  }

  /** Where a passage lies. */
  public static Place place(StoredFields stored, int docId) throws IOException {
    Document passage = stored.document(docId, Set.of(NUMBER, FIELD, VALUE, START, END));
    return new Place(
        number(passage, NUMBER),
        passage.get(FIELD),
        number(passage, VALUE),
        number(passage, START),
        number(passage, END));
  }

  private static int number(Document document, String field) {
    IndexableField value = document.getField(field);
    return Objects.requireNonNull(value, field).numericValue().intValue();
  }

  /** Whether there may be passages. Costs a look at each segment's list of fields. */
  static boolean mayBeIn(IndexReader reader) {
    for (LeafReaderContext leaf : reader.leaves()) {
      if (mayBeIn(leaf.reader())) {
        return true;
      }
    }
    return false;
  }

  static boolean mayBeIn(LeafReader segment) {
    return segment.getFieldInfos().fieldInfo(COUNT) != null;
  }
}
