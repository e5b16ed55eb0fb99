package dev.wayleave.upstream;

import java.util.Map;

/**
 * What a platform's cache of reads has done since it was made, and what it holds.
 *
 * @param reads how often it did what
 * @param changes how many requests that may change something made it forget
 * @param evicted how many answers had to go because it was full
 * @param answers how many it holds, about
 * @param bytes that it holds, about
 */
public record CacheFigures(Map<CacheUse, Long> reads, long changes, long evicted, long answers, long bytes) {
    public CacheFigures {
        reads = Map.copyOf(reads);
    }
}
