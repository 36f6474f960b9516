-- wrk's own report gives no 95th percentile.
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("p95 %.3f bad %d\n", latency:percentile(95) / 1000, bad))
end
