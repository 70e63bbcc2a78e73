# Peer R in the stats bench: the same tasks by base R and its package stats, each by R's own
# function where it has one. Protocol and data as in ours-main.ts and data.ts.
folder <- commandArgs(trailingOnly = TRUE)[1]
level_z <- qnorm(0.975)
tail_share <- 0.9
cohort_periods <- 12

column <- function(name) {
  path <- file.path(folder, paste0(name, ".f64"))
  readBin(path, "double", n = file.size(path) / 8, size = 8, endian = "little")
}
names_of_columns <- c(
  "spend-a", "spend-b", "before-a", "before-b", "orders-a", "orders-b", "sessions-a",
  "sessions-b", "successes-a", "n-a", "successes-b", "n-b", "p-values", "design-d", "design-n",
  "survivors", "repeats", "recency", "age", "split-observed", "split-users", "split-share"
)
D <- setNames(lapply(names_of_columns, column), names_of_columns)

compare <- function(a, b) {
  test <- t.test(b, a)
  c(test$estimate[[1]] - test$estimate[[2]], test$conf.int[1:2], test$p.value)
}

ratio_arm <- function(x, y) {
  ratio <- mean(x) / mean(y)
  variance <- (var(x) - 2 * ratio * cov(x, y) + ratio^2 * var(y)) / mean(y)^2
  c(ratio, variance / length(x), length(x))
}

quantile_arm <- function(x) {
  n <- length(x)
  half <- level_z * sqrt(tail_share * (1 - tail_share) / n)
  low <- floor(n * (tail_share - half)) + 1
  high <- ceiling(n * (tail_share + half))
  at <- (n - 1) * tail_share
  below <- floor(at) + 1
  x <- sort(x, partial = unique(c(low, below, below + 1, high)))
  value <- x[below] + (at + 1 - below) * (x[below + 1] - x[below])
  c(value, ((x[high] - x[low]) / (2 * level_z))^2 * (n - 1) / n)
}

maximum <- function(loss, start) {
  found <- optim(start, loss, method = "BFGS", control = list(reltol = 1e-14, maxit = 1000))
  c(exp(found$par), -found$value)
}

log_sum <- function(a, b) pmax(a, b) + log1p(exp(-abs(a - b)))

tasks <- list(
  welch = function() compare(D[["spend-a"]], D[["spend-b"]]),
  cuped = function() {
    x <- c(D[["before-a"]], D[["before-b"]])
    theta <- cov(x, c(D[["spend-a"]], D[["spend-b"]])) / var(x)
    a <- D[["spend-a"]] - theta * D[["before-a"]]
    c(compare(a, D[["spend-b"]] - theta * D[["before-b"]]), theta)
  },
  ratio = function() {
    a <- ratio_arm(D[["orders-a"]], D[["sessions-a"]])
    b <- ratio_arm(D[["orders-b"]], D[["sessions-b"]])
    variance <- a[2] + b[2]
    df <- variance^2 / (a[2]^2 / (a[3] - 1) + b[2]^2 / (b[3] - 1))
    half <- qt(0.975, df) * sqrt(variance)
    difference <- b[1] - a[1]
    p <- 2 * pt(-abs(difference) / sqrt(variance), df)
    c(difference, difference - half, difference + half, p)
  },
  quantile = function() {
    a <- quantile_arm(D[["spend-a"]])
    b <- quantile_arm(D[["spend-b"]])
    half <- level_z * sqrt(a[2] + b[2])
    c(b[1] - a[1], b[1] - a[1] - half, b[1] - a[1] + half)
  },
  proportions = function() {
    one <- function(xa, na, xb, nb) {
      test <- prop.test(c(xb, xa), c(nb, na), correct = FALSE)
      c(test$estimate[[1]] - test$estimate[[2]], test$conf.int[1:2], test$p.value)
    }
    c(mapply(one, D[["successes-a"]], D[["n-a"]], D[["successes-b"]], D[["n-b"]]))
  },
  "sample-ratio" = function() {
    x <- D[["split-observed"]]
    n <- D[["split-users"]]
    share <- D[["split-share"]]
    pmin(1, 2 * pmin(pbinom(x, n, share), pbinom(x - 1, n, share, lower.tail = FALSE)))
  },
  "holm-bh" = function() c(p.adjust(D[["p-values"]], "holm"), p.adjust(D[["p-values"]], "BH")),
  power = function() {
    reached <- mapply(
      function(d, n) power.t.test(n = n, delta = d, strict = TRUE)$power,
      D[["design-d"]], D[["design-n"]]
    )
    users <- sapply(D[["design-d"]], function(d) {
      power.t.test(delta = d, power = 0.8, strict = TRUE, tol = 1e-6)$n
    })
    c(reached, users)
  },
  sbg = function() {
    left_by_cohort <- matrix(D$survivors, nrow = cohort_periods + 1)
    t <- seq_len(cohort_periods)
    c(apply(left_by_cohort, 2, function(left) {
      lost <- -diff(left)
      last <- left[cohort_periods + 1]
      customers <- left[1]
      loss <- function(logs) {
        a <- exp(logs[1])
        b <- exp(logs[2])
        whole <- lbeta(a, b)
        gone <- sum(lost * (lbeta(a + 1, b + t - 1) - whole))
        -(gone + last * (lbeta(a, b + cohort_periods) - whole)) / customers
      }
      fit <- maximum(loss, log(c(1, 1)))
      c(fit[1:2], fit[3] * customers)
    }))
  },
  "bg-nbd" = function() {
    customers <- length(D$repeats)
    order_of <- order(D$repeats, D$recency, D$age)
    x <- D$repeats[order_of]
    tx <- D$recency[order_of]
    age <- D$age[order_of]
    at <- which(c(TRUE, diff(x) != 0 | diff(tx) != 0 | diff(age) != 0))
    count <- diff(c(at, customers + 1))
    x <- x[at]
    tx <- tx[at]
    age <- age[at]
    again <- x > 0
    loss <- function(logs) {
      r <- exp(logs[1])
      alpha <- exp(logs[2])
      a <- exp(logs[3])
      b <- exp(logs[4])
      own <- lgamma(r + x) - lgamma(r) + r * log(alpha) + lbeta(a, b + x) - lbeta(a, b) -
        (r + x) * log(alpha + age)
      later <- (r + x[again]) * (log(alpha + age[again]) - log(alpha + tx[again]))
      odds <- log(a) - log(b + x[again] - 1) + later
      own[again] <- own[again] + log_sum(0, odds)
      -sum(count * own) / customers
    }
    fit <- maximum(loss, log(c(1, 10, 1, 2)))
    c(fit[1:4], fit[5] * customers)
  }
)

one_round <- function() {
  taken <- sapply(names(tasks), function(name) {
    started <- Sys.time()
    answer <- tasks[[name]]()
    ms <- as.numeric(Sys.time() - started, units = "secs") * 1000
    path <- file.path(folder, paste0("answer-R-", name, ".f64"))
    writeBin(as.double(answer), path, size = 8, endian = "little")
    ms
  })
  paste0("{", paste0('"', names(taken), '":', format(taken, digits = 9), collapse = ","), "}")
}

say <- function(line) {
  cat(line, "\n", sep = "")
  flush(stdout())
}

invisible(one_round())
say(paste0('{"ready":"R ', R.version$major, ".", R.version$minor, '"}'))
input <- file("stdin", "r")
while (length(readLines(input, n = 1)) == 1) say(one_round())
