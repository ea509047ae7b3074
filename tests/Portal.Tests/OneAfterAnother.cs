// The two OpenID providers of the fixture sign in whoever a test says is at the keyboard: one keyboard, one test at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
