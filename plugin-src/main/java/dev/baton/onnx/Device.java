package dev.baton.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a model runs.
 *
 * @param asked what the user wrote: {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}
 * @param used {@code cpu} or {@code cuda:N}
 * @param why one clause for people
 */
public record Device(String asked, String used, String why) {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  /**
   * Finds the device for what was asked. Tries whether CUDA can be switched on, and never falls
   * back silently: {@code auto} logs once why it uses the processor.
   *
   * @throws ModelException for an unknown name, or CUDA that was asked for and is not there
   */
  public static Device choose(String asked) {
    String name = asked.strip().toLowerCase(Locale.ROOT);
    Matcher cuda = CUDA.matcher(name);
    if (name.equals("cpu")) {
      return new Device(asked, "cpu", "asked for");
    }
    boolean auto = name.equals("auto");
    if (!auto && !cuda.matches()) {
      throw new ModelException("device must be cpu, cuda:N or auto, got: " + asked);
    }
    int index = auto || cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
    String fault = faultOfCuda(index);
    if (fault == null) {
      return new Device(asked, "cuda:" + index, auto ? "CUDA is there" : "asked for");
    }
    if (!auto) {
      throw new ModelException("device " + asked + " cannot be used: " + fault);
    }
    if (LOGGED.add(fault)) {
      log.info("device auto uses the cpu: {}", fault);
    }
    return new Device(asked, "cpu", fault);
  }

  /** Whether this is the processor. */
  public boolean isCpu() {
    return used.equals("cpu");
  }

  /**
   * Options of a session on this device: on the processor one thread a call, for there are as many
   * callers as cores, which is faster here than threads within a call.
   */
  OrtSession.SessionOptions sessionOptions() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    if (!isCpu()) {
      options.addCUDA(Integer.parseInt(used.substring("cuda:".length())));
    }
    return options;
  }

  private static String faultOfCuda(int index) {
    EnumSet<OrtProvider> providers = OrtEnvironment.getAvailableProviders();
    if (!providers.contains(OrtProvider.CUDA)) {
      return "this ONNX Runtime has only "
          + providers
          + "; the plugin built with Maven profile gpu has CUDA";
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.addCUDA(index);
      return null;
    } catch (OrtException e) {
      return "CUDA device " + index + " does not start: " + e.getMessage();
    }
  }
}
