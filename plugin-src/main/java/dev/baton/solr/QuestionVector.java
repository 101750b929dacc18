package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.fusion.CosineScale;
import dev.baton.search.VectorChannel;
import dev.baton.text.Language;
import java.io.IOException;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.FieldType;
import org.apache.solr.schema.SchemaField;

/**
 * Where the vector of a question comes from, and with which vectors it is compared.
 *
 * @param field a DenseVectorField of the schema
 * @param dimension of the field
 */
record QuestionVector(SolrQueryRequest request, Language language, String field, int dimension) {

  /**
   * For questions of a language.
   *
   * @param field empty for the one that the language's reader fills
   */
  static QuestionVector of(SolrQueryRequest request, Language language, Optional<String> field) {
    String name = field.orElseGet(() -> CoreReaders.questionField(request.getCore(), language));
    SchemaField schemaField = request.getSchema().getFieldOrNull(name);
    FieldType type = schemaField == null ? null : schemaField.getType();
    if (type instanceof DenseVectorField vectorField) {
      return new QuestionVector(request, language, name, vectorField.getDimension());
    }
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        "the vector channel needs a DenseVectorField '"
            + name
            + "', the schema has: "
            + (type == null ? "no such field" : type.getTypeName()));
  }

  /** The vector of a text. */
  float[] of(String question) {
    return CoreReaders.embedding(request.getCore(), language, question);
  }

  /** The vector of a document, if it has one. */
  Optional<float[]> of(LikeDocument document) {
    try {
      return StoredVectors.of(request.getSearcher(), document.docId(), field);
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "baton.like cannot be read", e);
    }
  }

  /** Compares a vector with those of the field. */
  VectorChannel channel(float[] vector, BlendSettings settings) {
    if (vector.length != dimension) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "baton.vector must have the dimension of field '"
              + field
              + "', "
              + dimension
              + ", got: "
              + vector.length);
    }
    return new VectorChannel(field, vector, settings.depth(), new CosineScale(settings.floor()));
  }
}
