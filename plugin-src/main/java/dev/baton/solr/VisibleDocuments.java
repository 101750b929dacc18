package dev.baton.solr;

import dev.baton.graph.FoldedGraph.FieldTerm;
import dev.baton.graph.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The documents of a searcher that a request may see, as witnesses of graph terms. Exact, from the
 * postings. For one request and one thread.
 */
final class VisibleDocuments implements Visibility {

  private final SolrIndexSearcher searcher;
  private final DocSet visible;
  private final Map<FieldTerm, Integer> counted = new HashMap<>();

  /**
   * @param visible null for all live documents
   */
  VisibleDocuments(SolrIndexSearcher searcher, DocSet visible) {
    this.searcher = searcher;
    this.visible = visible;
  }

  @Override
  public int documents(String field, String term) {
    return counted.computeIfAbsent(
        new FieldTerm(field, term), fieldTerm -> documents(List.of(fieldTerm)));
  }

  /** How many documents carry at least one of some terms. */
  int documents(List<FieldTerm> terms) {
    int sum = 0;
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      if (terms.size() == 1) {
        int[] count = new int[1];
        visit(leaf, terms.get(0), doc -> ++count[0] > 0);
        sum += count[0];
      } else {
        FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
        for (FieldTerm term : terms) {
          visit(
              leaf,
              term,
              doc -> {
                found.set(doc);
                return true;
              });
        }
        sum += found.cardinality();
      }
    }
    return sum;
  }

  /**
   * The ids of the first documents, in the order of the index, that carry at least one of some
   * terms.
   *
   * @param limit at most so many, at least 1
   */
  List<String> witnesses(List<FieldTerm> terms, int limit) {
    String idField = searcher.getSchema().getUniqueKeyField().getName();
    List<String> ids = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      int wanted = limit - ids.size();
      if (wanted == 0) {
        break;
      }
      SortedSet<Integer> found = new TreeSet<>();
      for (FieldTerm term : terms) {
        int[] left = {wanted};
        visit(
            leaf,
            term,
            doc -> {
              found.add(doc);
              return --left[0] > 0;
            });
      }
      found.stream().limit(wanted).forEach(doc -> ids.add(id(leaf.docBase + doc, idField)));
    }
    return ids;
  }

  /** The id of a document by its docID. */
  String id(int doc) {
    return id(doc, searcher.getSchema().getUniqueKeyField().getName());
  }

  private String id(int doc, String idField) {
    try {
      return searcher.getDocFetcher().doc(doc, Set.of(idField)).get(idField);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Visits the visible documents of a term, in order, until the visitor has enough. */
  private void visit(LeafReaderContext leaf, FieldTerm fieldTerm, IntPredicate wantsMore) {
    Bits live = leaf.reader().getLiveDocs();
    try {
      Terms terms = leaf.reader().terms(fieldTerm.field());
      TermsEnum term = terms == null ? null : terms.iterator();
      if (term == null || !term.seekExact(new BytesRef(fieldTerm.term()))) {
        return;
      }
      PostingsEnum postings = term.postings(null, PostingsEnum.NONE);
      for (int doc = postings.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = postings.nextDoc()) {
        boolean seen =
            visible == null ? live == null || live.get(doc) : visible.exists(leaf.docBase + doc);
        if (seen && !wantsMore.test(doc)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
